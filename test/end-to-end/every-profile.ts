/** Settings of a stack with every profile, and of every way to write an entry at least one. */

type Json = Readonly<Record<string, unknown>>;

/** What `test-connection` should say of a connector. */
type State = "Connected" | "Not granted" | "Off" | "Not tested" | "Error";

/** An entry with what becomes of it. */
interface Expected {
  readonly entry: Json & { readonly name: string; readonly profile: string };
  readonly state: State;
  /** Rules whose findings on it the stack acknowledges. */
  readonly acknowledged?: readonly string[];
}

/** Files and principals that the settings name. */
export interface Surroundings {
  /** Path of a vendor's public certificate, relative to the project. */
  readonly certificate: string;
  /** Object id of a service principal of the tenant. */
  readonly owner: string;
  /** The Azure part of the stack: a federated credential of the stack's own has an identity there. */
  readonly azure: Json;
  /** The day before the test. */
  readonly yesterday: string;
}

const identityManager = (): readonly Expected[] => [
  {
    entry: { profile: "netwrix-identity-manager", name: "Identity Manager Contoso" },
    state: "Connected",
  },
  {
    entry: { profile: "netwrix-identity-manager", name: "Identity Manager Fulfilment", access: "read-write" },
    state: "Connected",
  },
  {
    entry: {
      profile: "netwrix-identity-manager",
      name: "Identity Manager as printed",
      access: "read-write",
      permissions: "documented",
      credentials: [{ kind: "clientSecret", lifetimeDays: 365 }],
    },
    acknowledged: ["tier0-app-role", "secret-lifetime"],
    // The printed list does not read applications, which the product exports.
    state: "Error",
  },
];

const conductorOne = (): readonly Expected[] => [
  {
    entry: {
      profile: "conductorone",
      name: "ConductorOne",
      signInActivity: true,
      skipAdServerGroups: true,
      graphDomain: "graph.microsoft.com",
    },
    state: "Connected",
  },
  {
    entry: {
      profile: "conductorone",
      name: "ConductorOne Provisioning",
      access: "read-write",
      provision: [
        "accounts",
        "groups",
        "groupOwners",
        "enterpriseApplications",
        "directoryRoles",
        "licenses",
      ],
      exchangeGroups: true,
      exchangeRole: "recipient-administrator",
      deprovisionPrivilegedUsers: true,
      scimProvisioning: true,
      resourceChangedEvents: false,
    },
    acknowledged: ["tier0-app-role", "privileged-directory-role"],
    state: "Connected",
  },
  {
    entry: {
      profile: "conductorone",
      name: "ConductorOne as printed",
      access: "read-write",
      permissions: "documented",
      exchangeGroups: true,
    },
    acknowledged: ["tier0-app-role", "privileged-directory-role"],
    state: "Connected",
  },
  {
    entry: {
      profile: "conductorone",
      name: "ConductorOne on request",
      access: "read-write",
      provision: ["groups"],
      exchangeGroups: true,
      consent: "request",
    },
    acknowledged: ["privileged-directory-role"],
    state: "Not granted",
  },
];

const oneSecure = ({ certificate, yesterday }: Surroundings): readonly Expected[] => [
  {
    entry: {
      profile: "netwrix-1secure-entra-id",
      name: "1Secure Europe",
      sourceGroup: "europe",
      excludedServiceAccountGroups: ["Service accounts"],
      credentials: ["clientSecret", { kind: "vendorCertificate", file: certificate }],
    },
    state: "Connected",
  },
  {
    entry: {
      profile: "netwrix-1secure-entra-id",
      name: "1Secure as printed",
      sourceGroup: "europe",
      permissions: "documented",
      credentials: [{ kind: "vendorCertificate", file: certificate }],
    },
    acknowledged: ["privileged-directory-role"],
    state: "Not tested",
  },
  {
    entry: {
      profile: "netwrix-1secure-entra-id",
      name: "1Secure paused",
      crawl: false,
      logons: { failed: true, successful: false },
      unifiedAuditLogCheck: true,
    },
    state: "Off",
  },
  {
    entry: {
      profile: "netwrix-1secure-exchange-online",
      name: "1Secure Exchange",
      nonOwnerMailboxAudit: true,
      prepareMailboxAuditing: true,
      prepareMailboxAuditingSince: yesterday,
    },
    state: "Connected",
  },
  {
    entry: {
      profile: "netwrix-1secure-exchange-online",
      name: "1Secure Exchange as printed",
      permissions: "documented",
      nonOwnerMailboxAudit: true,
    },
    acknowledged: ["privileged-directory-role"],
    state: "Connected",
  },
];

const threatManager = ({ owner }: Surroundings): readonly Expected[] => [
  {
    entry: {
      profile: "netwrix-threat-manager",
      name: "Entra for Netwrix Threat Manager",
      riskyUsers: false,
      owners: [owner],
      tags: ["team:security"],
      notes: "Ask the security team.",
      serviceManagementReference: "CHG-1",
    },
    state: "Connected",
  },
  {
    entry: {
      profile: "netwrix-threat-manager",
      name: "Threat Manager as printed",
      permissions: "documented",
    },
    acknowledged: ["tier0-app-role"],
    state: "Connected",
  },
];

const ours = (): readonly Expected[] => [
  {
    entry: { profile: "collector", name: "Collector" },
    state: "Not tested",
  },
  {
    entry: {
      profile: "collector",
      name: "Collector with a certificate",
      collect: ["users", "policies", "devices", "riskyUsers", "exchangeActivity"],
      credentials: ["certificate"],
    },
    state: "Connected",
  },
  {
    entry: {
      profile: "custom",
      name: "Licence robot",
      access: "read-write",
      capabilities: ["users.read", "licenses.provision"],
      credentials: ["certificate", { kind: "clientSecret", lifetimeDays: 30 }],
    },
    state: "Connected",
  },
  {
    entry: {
      profile: "custom",
      name: "Pipeline",
      capabilities: ["groups.read"],
      credentials: [
        {
          kind: "federated",
          issuer: "https://token.actions.githubusercontent.com",
          subject: "repo:contoso/identity:environment:production",
        },
      ],
    },
    state: "Not tested",
  },
];

/** All of them, in the order of the settings. */
function expected(around: Surroundings): readonly Expected[] {
  return [...identityManager(), ...conductorOne(), ...oneSecure(around), ...threatManager(around), ...ours()];
}

/** The registration that `prepareMailboxAuditing` adds. */
export const setUp = "1Secure Exchange (mailbox audit set-up)";

/** By name, also of what the settings add by themselves. */
export function expectedStates(around: Surroundings): Readonly<Record<string, State>> {
  const states = expected(around).map(({ entry, state }) => [entry.name, state] as const);
  return { ...Object.fromEntries(states), [setUp]: "Connected" };
}

/** Profiles that are there. */
export function coveredProfiles(around: Surroundings): ReadonlySet<string> {
  return new Set(expected(around).map(({ entry }) => entry.profile));
}

export function everyProfile(around: Surroundings): Json {
  const entries = expected(around);
  const acknowledge = (connector: string, rule: string) => ({
    rule,
    connector,
    reason: "The test shows every setting.",
    owner: "tests",
    expires: "2099-12-31",
  });
  return {
    "entra-connectors:azure": around.azure,
    "entra-connectors:defaults": { anchor: "2026-01-01", riskyUsers: true },
    "entra-connectors:sourceGroups": { europe: { activity: true, tags: ["source:europe"] } },
    "entra-connectors:connectors": entries.map(({ entry }) => entry),
    "entra-connectors:acknowledgements": [
      ...entries.flatMap(({ entry, acknowledged = [] }) =>
        acknowledged.map((rule) => acknowledge(entry.name, rule)),
      ),
      acknowledge(setUp, "privileged-directory-role"),
    ],
  };
}
