/** Where a stack and what was reviewed for it part, both ways. */
import { isDeepStrictEqual } from "node:util";
import type { ConnectorLock } from "../../components/permissions/lock/schema";
import { directoryRoleAssignments, roleGrants } from "./belonging";
import { type DeclaredPermissions, declaredPermissions } from "./declared";
import { directoryRoleTypes } from "./directory-roles";
import type { Finding } from "./outcome";
import { plannedInManifest, type ReviewedPermissions, reviewedInLock } from "./reviewed";
import { ofType, type PolicyStack, type StackConnector } from "./stack";
import { types } from "./types";

/** Differences between the stack and its lock file. */
export function lockDifferences(
  stack: PolicyStack,
  locked: readonly ConnectorLock[],
  file: string,
): readonly Finding[] {
  const byName = new Map(locked.map((connector) => [connector.name, connector]));
  const declared = stack.connectors.map((connector) => ({
    connector,
    permissions: declaredPermissions(stack, connector),
  }));
  const names = new Set(declared.map(({ permissions }) => permissions.name));
  return [
    ...declared.flatMap(({ connector, permissions }) => {
      const reviewed = byName.get(permissions.name);
      const of = (finding: Finding) => ({ ...finding, connector: connector.slug, urn: connector.urn });
      if (reviewed === undefined)
        return [of({ culprit: permissions.name, message: `The connector is not in ${file}.` })];
      return [
        ...permissionDifferences(permissions, reviewedInLock(reviewed), file),
        ...settingDifferences(connector, reviewed, file),
      ].map(of);
    }),
    ...locked
      .filter(({ name }) => !names.has(name))
      .map(({ name }) => ({
        culprit: name,
        message: `${file} has the connector ${name}, the stack has not.`,
      })),
    ...strangers(stack),
  ];
}

/** Differences between a connector and the manifest that it registers. */
export function planDifferences(stack: PolicyStack, connector: StackConnector): readonly Finding[] {
  const { manifest, slug, urn } = connector;
  if (manifest === undefined) return [];
  const declared = declaredPermissions(stack, connector);
  return permissionDifferences(declared, plannedInManifest(manifest), "its manifest").map((finding) => ({
    ...finding,
    connector: slug,
    urn,
  }));
}

function permissionDifferences(
  declared: DeclaredPermissions,
  reviewed: ReviewedPermissions,
  where: string,
): readonly Finding[] {
  const surplus = (names: Iterable<string>) =>
    [...names].map((name) => ({ culprit: name, message: `${name} is declared and not in ${where}.` }));
  const missing = (names: Iterable<string>) =>
    [...names].map((name) => ({ culprit: name, message: `${name} is in ${where} and not declared.` }));
  return [
    ...surplus(valuesMissingIn(declared.appRoles, reviewed.appRoles)),
    ...missing(valuesMissingIn(reviewed.appRoles, declared.appRoles)),
    ...surplus([...declared.directoryRoles].filter((id) => !reviewed.directoryRoles.has(id))),
    ...missing(
      [...reviewed.directoryRoles].flatMap(([id, name]) => (declared.directoryRoles.has(id) ? [] : [name])),
    ),
    ...surplus([...declared.credentialKinds].filter((kind) => !reviewed.credentialKinds.has(kind))),
    ...missing([...reviewed.credentialKinds].filter((kind) => !declared.credentialKinds.has(kind))),
  ];
}

function valuesMissingIn(
  names: ReadonlyMap<string, string>,
  other: ReadonlyMap<string, string>,
): readonly string[] {
  return [...names].flatMap(([key, name]) => (other.has(key) ? [] : [name]));
}

/** What the resources alone don't show, told by the connector's own manifest. */
function settingDifferences(
  { manifest }: StackConnector,
  reviewed: ConnectorLock,
  file: string,
): readonly Finding[] {
  if (manifest === undefined) return [];
  const compared = [
    "profile",
    "tenantId",
    "cloud",
    "access",
    "permissions",
    "consent",
    "capabilities",
    "credentials",
  ] as const;
  return compared
    .filter((key) => !isDeepStrictEqual(inAnyOrder(manifest[key]), inAnyOrder(reviewed[key])))
    .map((key) => ({ culprit: key, message: `${key} is not as ${file} has it.` }));
}

function inAnyOrder(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((item: unknown) => JSON.stringify(item, sortedKeys(item))).sort();
}

function sortedKeys(item: unknown): string[] | undefined {
  return typeof item === "object" && item !== null ? Object.keys(item).sort() : undefined;
}

/** Grants that no connector's component holds: nobody would find them under a connector's name in the lock file. */
function strangers(stack: PolicyStack): readonly Finding[] {
  const owned = new Set(
    stack.connectors
      .flatMap((connector) => [
        ...roleGrants(stack, connector),
        ...directoryRoleAssignments(stack, connector),
      ])
      .map(({ urn }) => urn),
  );
  return ofType(stack, types.appRoleAssignment, ...directoryRoleTypes)
    .filter(({ urn }) => !owned.has(urn))
    .map(({ name, urn }) => ({
      culprit: name,
      message: `${name} grants something outside of any connector.`,
      urn,
    }));
}
