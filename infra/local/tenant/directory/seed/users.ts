import type { User } from "../model";
import { daysAgo, type SeedContext } from "./context";
import { departments, givenNames, partners, places, surnames, titles } from "./names";
import type { Random } from "./random";
import { userSkus } from "./skus";

/** How many people report to one manager. */
const span = 8;

/** One of so many employees signed up by self-service. */
const selfServiceEvery = 60;

/** Users by what they are, for the groups and roles that follow. */
export interface SeededUsers {
  readonly members: readonly string[];
  readonly guests: readonly string[];
  readonly serviceAccounts: readonly string[];
}

/** Makes that many users: employees in a tree of managers, guests, service accounts; some disabled, some synced. */
export async function seedUsers(context: SeedContext, count: number): Promise<SeededUsers> {
  const random = context.random("users");
  const seeded = { members: [] as string[], guests: [] as string[], serviceAccounts: [] as string[] };
  for (let number = 0; number < count; number += 1) {
    const user = makeUser(context, random, number, seeded.members);
    context.directory.users.put(user);
    if (user.userType === "Guest") seeded.guests.push(user.id);
    else if (user.userPrincipalName.startsWith("svc-")) seeded.serviceAccounts.push(user.id);
    else seeded.members.push(user.id);
    await context.breathe();
  }
  return seeded;
}

/** Every user draws the same way, so that the first users of a large directory are those of a small one. */
function makeUser(context: SeedContext, random: Random, number: number, members: readonly string[]): User {
  const id = random.guid();
  const kind = random.below(100);
  const person = random.guid();
  // The first two are always employees: somebody must hold the administrative roles.
  if (number >= 2 && kind < 8) return makeGuest(context, random, id, number);
  if (number >= 2 && kind < 10) return makeServiceAccount(context, random, id, number);
  return makeEmployee(context, random, { id, number, person, members });
}

interface Employee {
  readonly id: string;
  readonly number: number;
  readonly person: string;
  readonly members: readonly string[];
}

function makeEmployee(context: SeedContext, random: Random, { id, number, person, members }: Employee): User {
  const givenName = random.pick(givenNames);
  const surname = random.pick(surnames);
  const [city, country, usageLocation] = random.pick(places);
  const department = random.pick(departments);
  const userPrincipalName = `${localPart(givenName, surname)}${number}@${context.settings.domain}`;
  const enabled = number < 2 || !random.chance(0.05);
  return {
    id,
    userPrincipalName,
    displayName: `${givenName} ${surname}`,
    mail: userPrincipalName,
    accountEnabled: enabled,
    userType: "Member",
    createdDateTime: daysAgo(context, 30 + random.below(1500), random),
    managerId: number === 0 ? null : (members[Math.floor((members.length - 1) / span)] ?? null),
    assignedLicenses: random.chance(0.85)
      ? [{ skuId: userSkus[random.chance(0.8) ? 0 : 1], disabledPlans: [] }]
      : [],
    properties: {
      givenName,
      surname,
      city,
      country,
      usageLocation,
      department,
      jobTitle: `${department} ${random.pick(titles)}`,
      mailNickname: userPrincipalName.split("@")[0],
      employeeId: person.slice(0, 8),
      companyName: context.settings.displayName,
      proxyAddresses: [`SMTP:${userPrincipalName}`],
      ...signIns(context, random, enabled),
      ...(random.chance(0.1) && { passwordPolicies: "DisablePasswordExpiration" }),
      ...(random.chance(0.3) && synced(context, random, userPrincipalName)),
      // Some signed up by themselves, by an address that was merely verified.
      ...(number % selfServiceEvery === selfServiceEvery - 1 && { creationType: "EmailVerified" }),
    },
  };
}

function makeGuest(context: SeedContext, random: Random, id: string, number: number): User {
  const givenName = random.pick(givenNames);
  const surname = random.pick(surnames);
  const partner = random.pick(partners);
  const mail = `${localPart(givenName, surname)}${number}@${partner}`;
  const pending = random.chance(0.2);
  return {
    id,
    userPrincipalName: `${mail.replace("@", "_")}#EXT#@${context.settings.domain}`,
    displayName: `${givenName} ${surname}`,
    mail,
    accountEnabled: true,
    userType: "Guest",
    createdDateTime: daysAgo(context, random.below(700), random),
    managerId: null,
    assignedLicenses: [],
    properties: {
      givenName,
      surname,
      creationType: "Invitation",
      externalUserState: pending ? "PendingAcceptance" : "Accepted",
      ...signIns(context, random, !pending),
    },
  };
}

function makeServiceAccount(context: SeedContext, random: Random, id: string, number: number): User {
  const userPrincipalName = `svc-${random.pick(["backup", "scan", "report", "sync"])}${number}@${context.settings.domain}`;
  return {
    id,
    userPrincipalName,
    displayName: `Service account ${userPrincipalName.split("@")[0]}`,
    mail: null,
    accountEnabled: true,
    userType: "Member",
    createdDateTime: daysAgo(context, 200 + random.below(1500), random),
    managerId: null,
    assignedLicenses: [],
    properties: {
      mailNickname: userPrincipalName.split("@")[0],
      passwordPolicies: "DisablePasswordExpiration",
      ...signIns(context, random, true),
    },
  };
}

/** Most people signed in lately; some not for months, so that stale accounts exist. */
function signIns(context: SeedContext, random: Random, active: boolean) {
  const days = random.chance(0.85) ? random.below(14) : 30 + random.below(200);
  const lastSignInDateTime = daysAgo(context, days, random);
  if (!active) return {};
  return {
    signInActivity: {
      lastSignInDateTime,
      lastSignInRequestId: random.guid(),
      lastNonInteractiveSignInDateTime: lastSignInDateTime,
      lastNonInteractiveSignInRequestId: random.guid(),
      lastSuccessfulSignInDateTime: lastSignInDateTime,
      lastSuccessfulSignInRequestId: random.guid(),
    },
  };
}

function synced(context: SeedContext, random: Random, userPrincipalName: string) {
  const account = userPrincipalName.split("@")[0] ?? "";
  return {
    onPremisesSyncEnabled: true,
    onPremisesDomainName: "corp.contoso.example",
    onPremisesSamAccountName: account.slice(0, 20),
    onPremisesDistinguishedName: `CN=${account},OU=People,DC=corp,DC=contoso,DC=example`,
    onPremisesImmutableId: Buffer.from(random.guid().replaceAll("-", ""), "hex").toString("base64"),
    onPremisesLastSyncDateTime: daysAgo(context, 0, random),
  };
}

/** An address part in ASCII: marks dropped, other scripts replaced by `user`. */
function localPart(givenName: string, surname: string): string {
  const ascii = `${givenName}.${surname}`
    .normalize("NFD")
    .replace(/[^A-Za-z.]/g, "")
    .toLowerCase();
  return ascii.startsWith(".") ? `user${ascii}` : ascii;
}
