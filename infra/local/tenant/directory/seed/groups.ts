import type { Group } from "../model";
import { daysAgo, type SeedContext } from "./context";
import { groupSizes, type MembershipSize, sample } from "./memberships";
import { departments, places, projects } from "./names";
import type { Random } from "./random";
import type { SeededUsers } from "./users";

/** Ids of groups that roles are given to. */
export interface SeededGroups {
  readonly roleAssignable: string;
  /** All of them. */
  readonly ids: readonly string[];
}

type Shape = Partial<Group> & { readonly properties?: Readonly<Record<string, unknown>> };

const unified: Shape = { groupTypes: ["Unified"], mailEnabled: true, securityEnabled: false };
const dynamic: Shape = {
  groupTypes: ["DynamicMembership"],
  properties: {
    membershipRule: '(user.department -eq "Sales")',
    membershipRuleProcessingState: "On",
  },
};
const distribution: Shape = { mailEnabled: true, securityEnabled: false };
const mailSecurity: Shape = { mailEnabled: true, securityEnabled: true };

/** Names and shapes by position, so that a small directory already holds every kind. */
const fixed: readonly (readonly [string, Shape])[] = [
  ["Service Accounts", { properties: { description: "Accounts of services, not of people" } }],
  ["All Employees", unified],
  ["Tier 0 Administrators", { isAssignableToRole: true }],
  ["Empty group", {}],
  ["All Sales (dynamic)", dynamic],
  ["O'Brien's project team", unified],
  ["Newsletter", distribution],
  ["Finance approvals", mailSecurity],
];

/** Makes that many groups of all kinds with members, owners and nesting. */
export async function seedGroups(
  context: SeedContext,
  size: { readonly groups: number } & MembershipSize,
  users: SeededUsers,
): Promise<SeededGroups> {
  const random = context.random("groups");
  const made: string[] = [];
  let roleAssignable = "";
  for (let number = 0; number < Math.max(size.groups, fixed.length); number += 1) {
    const group = makeGroup(context, random, number, users);
    context.directory.groups.put(group);
    if (group.isAssignableToRole) roleAssignable = group.id;
    if (size.memberships === undefined) await addMembers(context, membersFor(random, group, users, size));
    if (number >= fixed.length && number % 6 === 0 && group.mailEnabled === false) {
      join(context, random.pick(made), group.id);
    }
    made.push(group.id);
    await context.breathe();
  }
  if (size.memberships !== undefined) await fillGroups(context, random, made, users, size);
  return { roleAssignable, ids: made };
}

/** Fills groups up to a number of memberships: the second group is the largest, some are empty, most are small. */
async function fillGroups(
  context: SeedContext,
  random: Random,
  groups: readonly string[],
  users: SeededUsers,
  size: MembershipSize,
): Promise<void> {
  const people = [...users.members, ...users.guests, ...users.serviceAccounts];
  const nested = groups.map((id) => context.directory.memberships.by("containerId", id).length);
  const sizes = groupSizes({ ...size, groups: groups.length, people: people.length, nested });
  for (const [place, id] of groups.entries()) {
    const members = sample(random, people, sizes[place] ?? 0);
    for (const memberId of members) {
      join(context, id, memberId);
      await context.breathe();
    }
  }
}

function makeGroup(context: SeedContext, random: Random, number: number, users: SeededUsers): Group {
  const id = random.guid();
  const [displayName, shape] = fixed[number] ?? generated(random, number);
  const mailNickname = `${displayName
    .normalize("NFD")
    .replace(/[^A-Za-z0-9]/g, "")
    .toLowerCase()}${number}`;
  const createdDateTime = daysAgo(context, 10 + random.below(1500), random);
  const mail = shape.mailEnabled ? `${mailNickname}@${context.settings.domain}` : null;
  const owner = users.members.length > 0 ? [random.pick(users.members)] : [];
  return {
    id,
    displayName,
    mail,
    mailNickname,
    mailEnabled: false,
    securityEnabled: true,
    groupTypes: [],
    isAssignableToRole: false,
    createdDateTime,
    owners: shape.groupTypes?.includes("Unified") || random.chance(0.5) ? owner : [],
    ...shape,
    properties: {
      renewedDateTime: createdDateTime,
      ...(mail !== null && { proxyAddresses: [`SMTP:${mail}`] }),
      ...(shape.groupTypes?.includes("Unified") && { visibility: "Private" }),
      ...shape.properties,
    },
  };
}

function generated(random: Random, number: number): readonly [string, Shape] {
  const project = random.pick(projects);
  const department = random.pick(departments);
  const kind = random.below(100);
  if (kind < 45) return [`SG ${department} ${project} ${number}`, {}];
  if (kind < 70) return [`${project} ${department} ${number}`, unified];
  if (kind < 76) return [`DYN ${department} ${number}`, dynamic];
  if (kind < 84) return [`DL ${random.pick(places)[0]} ${number}`, distribution];
  if (kind < 90) return [`MSG ${department} ${number}`, mailSecurity];
  const sam = `AD-${department.replace(/\W/g, "")}-${number}`;
  return [
    sam,
    {
      properties: {
        onPremisesSyncEnabled: true,
        onPremisesSamAccountName: sam,
        onPremisesDomainName: "corp.contoso.example",
        onPremisesSecurityIdentifier: `S-1-5-21-1004336348-1177238915-682003330-${5000 + number}`,
      },
    },
  ];
}

/** Pairs of group and member. */
function* membersFor(
  random: Random,
  group: Group,
  users: SeededUsers,
  { largestGroup }: MembershipSize,
): Generator<readonly [string, string]> {
  if (group.displayName === "Empty group") return;
  const everybody = users.members;
  if (group.displayName === "All Employees") {
    const people = [...everybody, ...users.guests, ...users.serviceAccounts];
    const all = largestGroup === undefined ? everybody : people.slice(0, largestGroup);
    for (const id of all) yield [group.id, id];
    return;
  }
  if (group.displayName === "Service Accounts") {
    for (const id of users.serviceAccounts) yield [group.id, id];
    return;
  }
  if (everybody.length === 0) return;
  const wanted = group.isAssignableToRole ? 2 : 2 + random.below(random.chance(0.1) ? 120 : 25);
  for (let member = 0; member < Math.min(wanted, everybody.length); member += 1) {
    yield [group.id, random.pick(everybody)];
  }
  if (users.guests.length > 0 && random.chance(0.3)) yield [group.id, random.pick(users.guests)];
}

async function addMembers(context: SeedContext, pairs: Iterable<readonly [string, string]>): Promise<void> {
  for (const [containerId, memberId] of pairs) {
    join(context, containerId, memberId);
    await context.breathe();
  }
}

function join({ directory }: SeedContext, containerId: string, memberId: string): void {
  directory.memberships.put({ id: `${containerId}:${memberId}`, containerId, memberId });
}
