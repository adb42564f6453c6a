/** Two stacks for the whole pack: one that every rule accepts, one that every rule refuses. */
import { type ApiName, apis } from "../../components/permissions/catalogue/apis";
import { findDirectoryRole } from "../../components/permissions/catalogue/directory-role";
import { findRole } from "../../components/permissions/catalogue/find-role";
import { lockText } from "../../components/permissions/lock/canonical";
import { formatVersion, schemaReference } from "../../components/permissions/lock/schema";
import { types } from "../../policies/harness/types";
import type { Declared } from "./engine/project";
import { hardened, unguarded } from "./hosting";

type Role = readonly [api: ApiName, value: string];
type Properties = Readonly<Record<string, unknown>>;

const deployer = "11111111-1111-4111-8111-111111111111";
const tenant = "6f2c1d5e-3a4b-4c8d-9e0f-1a2b3c4d5e6f";
const administrator = "Exchange Administrator";
const today = `${new Date().toISOString().slice(0, 10)}T00:00:00.000Z`;
const credentialsSince = (anchor: string) =>
  [
    { kind: "clientSecret", lifetimeDays: 180, overlapDays: 30, anchor },
    { kind: "federated", audience: "api://AzureADTokenExchange" },
  ] as const;
const credentials = credentialsSince(today);
const asked: readonly Role[] = [
  ["graph", "User.Read.All"],
  ["exchangeOnline", "Exchange.ManageAsApp"],
];
const capabilities = ["exchange-groups.provision", "mailbox-auditing.prepare", "users.read"];

/** Settings below `entra-connectors:` of the stack that is as it should be. */
export const goodSettings = {
  connectors: [{ name: "Sync" }, { name: "Reader" }],
  acknowledgements: [
    {
      rule: "privileged-directory-role",
      connector: "Sync",
      finding: administrator,
      reason: "Groups of Exchange are provisioned.",
      owner: "tests",
      expires: "2099-12-31",
    },
  ],
};

/** Configuration by which every rule has something to judge and finds nothing. */
export const goodConfig = {
  "permission-allowlist": { allowed: asked.map(([, value]) => value) },
  "permission-denylist": { denied: ["Mail.Read"] },
  "maximum-tier": { tier: "T1" },
  "closed-network": { required: true },
};

export const badSettings = {
  connectors: [{ name: "Sync" }],
  acknowledgements: [{ ...goodSettings.acknowledgements[0], expires: "2020-01-01" }],
};

export const badConfig = {
  "permission-allowlist": { allowed: ["User.Read.All"] },
  "permission-denylist": { denied: ["Directory.ReadWrite.All"] },
  "maximum-tier": { tier: "T2" },
  "closed-network": { required: true },
};

function manifest(name: string, properties: Properties): string {
  return JSON.stringify({
    name,
    profile: "collector",
    tenantId: tenant,
    cloud: "global",
    access: "read-write",
    permissions: "minimal",
    consent: "grant",
    apis: [],
    capabilities,
    covered: [],
    directoryRoles: [],
    credentials,
    ...properties,
  });
}

function access([api, value]: Role): Properties {
  return {
    resourceAppId: apis[api].resourceAppId,
    resourceAccesses: [{ id: findRole(api, value).id, type: "Role" }],
  };
}

/** The components and the registration of a connector; credentials are its stack's to add. */
function connector(
  slug: string,
  name: string,
  manifestText: string,
  roles: readonly Role[],
  application: Properties = {},
): Declared[] {
  return [
    { type: types.connector, name: slug, properties: { manifest: manifestText } },
    component("AppRegistration", slug, "registration"),
    component("AdminConsent", slug, "consent"),
    {
      type: types.application,
      name: `${slug}-application`,
      parent: `${slug}-registration`,
      properties: {
        displayName: name,
        owners: [deployer],
        requiredResourceAccesses: roles.map(access),
        ...application,
      },
    },
    {
      type: types.servicePrincipal,
      name: `${slug}-principal`,
      parent: `${slug}-registration`,
      properties: { clientId: { output: `${slug}-application.id` }, owners: [deployer] },
    },
  ];
}

function component(kind: string, slug: string, suffix: string, properties: Properties = {}): Declared {
  return { type: `entra-connectors:index:${kind}`, name: `${slug}-${suffix}`, parent: slug, properties };
}

function grants(slug: string, roles: readonly Role[]): Declared[] {
  return roles.map(([api, value]) => ({
    type: types.appRoleAssignment,
    name: `${slug}-consent-${value.toLowerCase()}`,
    parent: `${slug}-consent`,
    properties: {
      appRoleId: findRole(api, value).id,
      principalObjectId: { output: `${slug}-principal.id` },
      resourceObjectId: "00000000-0000-4000-8000-000000000000",
    },
  }));
}

function directoryRole(slug: string, role: string, suffix: string): Declared[] {
  const { templateId } = findDirectoryRole(role);
  return [
    component("DirectoryRole", slug, suffix, { templateId }),
    {
      type: types.directoryRoleAssignment,
      name: `${slug}-${suffix}-assignment`,
      parent: `${slug}-${suffix}`,
      properties: { roleId: templateId, principalObjectId: { output: `${slug}-principal.id` } },
    },
  ];
}

function slots(
  slug: string,
  ...dates: readonly (readonly [startDate: string, endDate: string])[]
): Declared[] {
  const parent = `${slug}-client-secret`;
  return [
    component("ClientSecret", slug, "client-secret"),
    ...dates.map(([startDate, endDate], index) => ({
      type: types.applicationPassword,
      name: `${parent}-slot-${index}`,
      parent,
      properties: { applicationId: { output: `${slug}-application.id` }, startDate, endDate },
    })),
  ];
}

function trust(slug: string, index: number, properties: Properties = {}): Declared {
  return {
    type: types.federatedCredential,
    name: `${slug}-trust-${index}`,
    parent: slug,
    properties: {
      applicationId: { output: `${slug}-application.id` },
      issuer: `https://login.microsoftonline.com/${tenant}/v2.0`,
      subject: "33333333-3333-4333-8333-333333333333",
      audiences: ["api://AzureADTokenExchange"],
      ...properties,
    },
  };
}

function vault(properties: Properties): Declared {
  return { type: types.vault, name: "vault", properties: { resourceGroupName: "group", properties } };
}

/** The Azure role of the stack's identity, as its lock file has it. */
const blobOwner = {
  role: "Storage Blob Data Owner",
  id: "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
  scope: "scope it names",
  tier: "T2",
  because: ["a test"],
} as const;

function reader(principalType: string): Declared[] {
  return [
    { type: "azure-native:managedidentity:UserAssignedIdentity", name: "identity", properties: {} },
    {
      type: types.roleAssignment,
      name: "reader",
      properties: {
        principalId: { output: "identity.id" },
        principalType,
        scope: `/subscriptions/${tenant}/resourceGroups/group/providers/Microsoft.Storage/storageAccounts/store`,
        roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${blobOwner.id}`,
      },
    },
  ];
}

const readerRoles: readonly Role[] = [["graph", "User.Read.All"]];

/** As it should be: one connector that writes and one that reads. */
export const goodStack: readonly Declared[] = [
  ...reader("ServicePrincipal"),
  ...connector("sync", "Sync", manifest("Sync", {}), asked),
  ...grants("sync", asked),
  ...directoryRole("sync", administrator, "exchange-administrator"),
  ...slots(
    "sync",
    ["2026-06-01T00:00:00Z", "2026-11-28T00:00:00Z"],
    ["2026-10-29T00:00:00Z", "2027-04-27T00:00:00Z"],
  ),
  trust("sync", 0),
  {
    type: types.applicationCertificate,
    name: "vendor",
    properties: {
      applicationId: "/applications/1",
      value: "PEM",
      startDate: "2026-06-01T00:00:00Z",
      endDate: "2027-06-01T00:00:00Z",
    },
  },
  ...connector(
    "reader",
    "Reader",
    manifest("Reader", { access: "read-only", capabilities: ["users.read"], credentials: [credentials[1]] }),
    readerRoles,
  ),
  ...grants("reader", readerRoles),
  trust("reader", 0, { subject: { output: "identity.id" } }),
  vault({
    enableRbacAuthorization: true,
    enablePurgeProtection: true,
    softDeleteRetentionInDays: 90,
    publicNetworkAccess: "Disabled",
  }),
  ...hardened,
];

/** The lock file of the stack that is as it should be. */
export function goodLock(): string {
  const line = ([api, role]: Role) =>
    ({
      api: apis[api].displayName,
      role,
      id: findRole(api, role).id,
      tier: api === "graph" ? "T2" : "T1",
      because: ["a test"],
    }) as const;
  const entry = (name: string, access: "read-only" | "read-write", own: object) =>
    ({
      name,
      profile: "collector",
      tenantId: tenant,
      cloud: "global",
      access,
      permissions: "minimal",
      consent: "grant",
      appRoles: readerRoles.map(line),
      directoryRoles: [],
      credentials: [credentials[1]],
      covered: [],
      capabilities: ["users.read"],
      acknowledgements: [],
      ...own,
    }) as const;
  const { templateId } = findDirectoryRole(administrator);
  const held = { role: administrator, templateId, tier: "T1", because: ["a test"] } as const;
  return lockText({
    $schema: schemaReference,
    formatVersion,
    azureRoleAssignments: [blobOwner],
    connectors: [
      entry("Sync", "read-write", {
        appRoles: asked.map(line),
        directoryRoles: [held],
        credentials,
        capabilities,
      }),
      entry("Reader", "read-only", {}),
    ],
  });
}

const dangerous: readonly Role[] = [
  ["graph", "Directory.ReadWrite.All"],
  ["graph", "AgentCard.Read.All"],
];

/** Wrong in every way that a rule knows. */
export const badStack: readonly Declared[] = [
  ...connector(
    "sync",
    "Sync",
    manifest("Sync", { access: "read-only", credentials: credentialsSince("2026-06-01T00:00:00.000Z") }),
    dangerous,
    {
      signInAudience: "AzureADMultipleOrgs",
      web: { redirectUris: ["https://product.example/"], implicitGrant: { idTokenIssuanceEnabled: true } },
      fallbackPublicClientEnabled: true,
      identifierUris: ["api://product"],
      owners: [deployer, "22222222-2222-4222-8222-222222222222"],
      requiredResourceAccesses: [
        ...dangerous.map(access),
        {
          ...access(["graph", "User.Read.All"]),
          resourceAccesses: [{ id: "e1fe6dd8-ba31-4d61-89e7-88639da4683d", type: "Scope" }],
        },
        { ...access(["graph", "User.Read.All"]), resourceAppId: apis.exchangeOnline.resourceAppId },
      ],
    },
  ),
  ...grants("sync", [["graph", "RoleManagement.ReadWrite.Directory"]]),
  ...directoryRole("sync", administrator, "exchange-administrator"),
  ...directoryRole("sync", "Global Administrator", "global-administrator"),
  {
    type: types.directoryRoleAssignment,
    name: "custom-role",
    properties: { roleId: "99999999-9999-4999-8999-999999999999", principalObjectId: deployer },
  },
  ...slots(
    "sync",
    ["2026-06-01T00:00:00Z", "2027-06-01T00:00:00Z"],
    ["2027-06-01T00:00:00Z", "2028-06-01T00:00:00Z"],
  ),
  {
    type: types.applicationCertificate,
    name: "vendor",
    properties: { applicationId: "/applications/1", value: "PEM", endDateRelative: "9000h" },
  },
  ...Array.from({ length: 21 }, (_, index) => trust("sync", index, { subject: "*" })),
  ...reader("User"),
  {
    type: types.roleAssignment,
    name: "person",
    properties: { principalId: deployer, principalType: "User", scope: "/x", roleDefinitionId: "/y" },
  },
  vault({ enableRbacAuthorization: false, enableSoftDelete: false }),
  ...unguarded,
  ...connector("writer", "Writer", manifest("Writer", { access: "read-write" }), readerRoles),
  trust("writer", 0, { subject: "*" }),
];
