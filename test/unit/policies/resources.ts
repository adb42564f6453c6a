/** Resources as the engine shows them to a pack, behind the SDK's own guards against unknown values. */
import * as guards from "@pulumi/policy/proxy";
import { nameSuffix } from "../../../components/arguments";
import { type ApiName, apis } from "../../../components/permissions/catalogue/apis";
import { findDirectoryRole } from "../../../components/permissions/catalogue/directory-role";
import { findRole } from "../../../components/permissions/catalogue/find-role";
import type { StackResource } from "../../../policies/harness/stack";
import { types } from "../../../policies/harness/types";

/** The SDK has them, and keeps them out of its types. */
const { unknownCheckingProxy, unknownStringValue } = guards as unknown as {
  readonly unknownCheckingProxy: (properties: object) => object;
  readonly unknownStringValue: string;
};

/** What the engine shows instead of a value that is not known yet. */
export const unknown = unknownStringValue;

export const deployer = "11111111-1111-4111-8111-111111111111";
export const colleague = "22222222-2222-4222-8222-222222222222";

type Properties = Readonly<Record<string, unknown>>;
/** A permission by its API and name. */
export type Role = readonly [api: ApiName, value: string];

/** A resource; its parent is given by URN, as the engine does. */
export function resource(
  type: string,
  properties: Properties,
  { name = "thing", parent, sources }: Partial<Pick<StackResource, "name" | "parent" | "sources">> = {},
): StackResource {
  const chain = parent === undefined ? type : `${parent.split("::")[2]}$${type}`;
  return {
    type,
    name,
    urn: `urn:pulumi:dev::entra-connectors::${chain}::${name}`,
    properties: unknownCheckingProxy(properties),
    parent,
    ...(sources === undefined ? {} : { sources }),
  };
}

export function roleId([api, value]: Role): string {
  return findRole(api, value).id;
}

/** The permissions as an application lists them. */
export function accesses(roles: readonly Role[], type = "Role") {
  return roles.map((role) => ({
    resourceAppId: apis[role[0]].resourceAppId,
    resourceAccesses: [{ id: roleId(role), type }],
  }));
}

export function application(properties: Properties = {}, options: { parent?: string } = {}): StackResource {
  return resource(types.application, { displayName: "Thing", ...properties }, options);
}

/** What a connector is made of; the rest has harmless defaults. */
export interface ConnectorParts {
  readonly slug?: string;
  readonly name?: string;
  readonly asks?: readonly Role[];
  /** Default: what it asks for. */
  readonly grants?: readonly Role[];
  readonly directoryRoles?: readonly string[];
  readonly owners?: unknown;
  readonly principalOwners?: unknown;
  /** Overrides of the manifest; null: it registers none. */
  readonly manifest?: Properties | null;
  /** Dates of its secret's slots. */
  readonly slots?: readonly (readonly [startDate: string, endDate: string])[];
  readonly application?: Properties;
}

/** A Connector component with all its children. */
export function connector(parts: ConnectorParts = {}): readonly StackResource[] {
  const { slug = "sync", name = "Sync", asks = [["graph", "User.Read.All"]], owners = [deployer] } = parts;
  const manifest = parts.manifest === null ? {} : { manifest: JSON.stringify(manifestOf(name, asks, parts)) };
  const root = resource(types.connector, manifest, { name: slug });
  const below = (kind: string, suffix: string, properties: Properties = {}) =>
    resource(`entra-connectors:index:${kind}`, properties, { name: `${slug}-${suffix}`, parent: root.urn });
  const registration = below("AppRegistration", "registration");
  const consent = below("AdminConsent", "consent");
  const app = resource(
    types.application,
    { displayName: name, owners, requiredResourceAccesses: accesses(asks), ...parts.application },
    { name: `${slug}-registration-application`, parent: registration.urn },
  );
  const principal = resource(
    types.servicePrincipal,
    { owners: parts.principalOwners ?? owners },
    { name: `${slug}-registration-principal`, parent: registration.urn },
  );
  const forPrincipal = { principalObjectId: [principal.urn] };
  const grants = (parts.grants ?? asks).map((role) =>
    resource(
      types.appRoleAssignment,
      { appRoleId: roleId(role), principalObjectId: unknown },
      { name: `${slug}-consent-${role[1]}`, parent: consent.urn, sources: forPrincipal },
    ),
  );
  const directoryRoles = (parts.directoryRoles ?? []).flatMap((role) => {
    const { templateId } = findDirectoryRole(role);
    const component = below("DirectoryRole", nameSuffix(role), { templateId });
    const assignment = resource(
      types.directoryRoleAssignment,
      { roleId: templateId, principalObjectId: unknown },
      { name: `${component.name}-assignment`, parent: component.urn, sources: forPrincipal },
    );
    return [component, assignment];
  });
  return [root, registration, app, principal, consent, ...grants, ...directoryRoles, ...secret(parts, root)];
}

function secret(
  { slug = "sync", slots = [["2026-09-01T00:00:00Z", "2027-02-28T00:00:00Z"]] }: ConnectorParts,
  root: StackResource,
) {
  if (slots.length === 0) return [];
  const component = resource(types.clientSecret, {}, { name: `${slug}-client-secret`, parent: root.urn });
  const passwords = slots.map(([startDate, endDate], index) =>
    resource(
      types.applicationPassword,
      { startDate, endDate, value: unknown },
      { name: `${component.name}-slot-${index}`, parent: component.urn },
    ),
  );
  return [component, ...passwords];
}

function manifestOf(name: string, asks: readonly Role[], { directoryRoles = [], manifest }: ConnectorParts) {
  return {
    name,
    profile: "conductorone",
    tenantId: "contoso.example",
    cloud: "global",
    access: "read-write",
    permissions: "minimal",
    consent: "grant",
    apis: asks.map(([api, value]) => ({
      resourceAppId: apis[api].resourceAppId,
      displayName: apis[api].displayName,
      roles: [{ id: roleId([api, value]), value }],
    })),
    capabilities: ["users.read"],
    covered: [],
    directoryRoles: directoryRoles.map(findDirectoryRole),
    credentials: [
      { kind: "clientSecret", lifetimeDays: 180, overlapDays: 30, anchor: "2026-09-01T00:00:00.000Z" },
    ],
    ...manifest,
  };
}
