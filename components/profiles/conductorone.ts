import { z } from "zod";
import type { Capability } from "../permissions/capabilities/capability";
import {
  provisionExchangeGroups,
  provisionExchangeGroupsAsRecipientAdministrator,
} from "../permissions/capabilities/exchange";
import { readDirectoryAudits, readSignInActivity } from "../permissions/capabilities/read-activity";
import {
  readDirectoryRoles,
  readEnterpriseApplications,
  readGroups,
  readLicenses,
  readManagedIdentities,
  readUsers,
} from "../permissions/capabilities/read-directory";
import {
  forceScimProvisioning,
  provisionAppAssignments,
  provisionDirectoryRoles,
  provisionLicenses,
} from "../permissions/capabilities/write-access";
import {
  deprovisionPrivilegedUsers,
  provisionAccounts,
  provisionGroupMembers,
  provisionGroupOwners,
} from "../permissions/capabilities/write-directory";
import type { ConnectorSettings } from "../permissions/settings";
import { syncAndProvisionList, syncList } from "./conductorone-documented";
import { offersDirectoryAudits } from "./events";
import { type Choice, type DocumentedList, defineProfile, toggle, when } from "./profile";

const provisionKinds = [
  "accounts",
  "groups",
  "groupOwners",
  "enterpriseApplications",
  "directoryRoles",
  "licenses",
] as const;
type ProvisionKind = (typeof provisionKinds)[number];

/** The guide's table of capabilities: everything but owners of groups. */
const provisionedByDefault: readonly ProvisionKind[] = provisionKinds.filter(
  (kind) => kind !== "groupOwners",
);

const provisioning: Readonly<Record<ProvisionKind, Capability>> = {
  accounts: provisionAccounts,
  groups: provisionGroupMembers,
  groupOwners: provisionGroupOwners,
  enterpriseApplications: provisionAppAssignments,
  directoryRoles: provisionDirectoryRoles,
  licenses: provisionLicenses,
};

const options = z.object({
  provision: z
    .array(z.enum(provisionKinds))
    .optional()
    .describe(
      `What ConductorOne may change, with access: read-write. Default: ${provisionedByDefault.join(", ")}, as the guide's table.`,
    ),
  exchangeGroups: toggle(
    false,
    "Add and remove members of distribution lists and mail-enabled security groups, through Exchange. Members only: the product provisions no owners there.",
  ),
  exchangeRole: z
    .enum(["exchange-administrator", "recipient-administrator"])
    .default("exchange-administrator")
    .describe(
      "Directory role for exchangeGroups. recipient-administrator is narrower, but most likely cannot change groups that the app does not manage.",
    ),
  deprovisionPrivilegedUsers: toggle(
    false,
    "Disable and delete accounts that hold a directory role. Assigns Privileged Authentication Administrator, a tier 0 role, to the connector.",
  ),
  skipAdServerGroups: toggle(
    false,
    "Leave out groups that are synchronized from an on-premises Active Directory.",
  ),
  signInActivity: toggle(false, "Read when each user last signed in. The tenant needs Entra ID P1 or P2."),
  scimProvisioning: toggle(
    false,
    "Force an Entra SCIM synchronization when an entitlement is provisioned. Needs access: read-write.",
  ),
  resourceChangedEvents: toggle(
    true,
    "Read the directory's change log. Switch it off where the list of directoryAudits is not offered.",
  ),
});
type ConductorOneConnector = ConnectorSettings<z.output<typeof options>>;

function choose(connector: ConductorOneConnector): readonly Choice[] {
  return [
    ...chooseSync(connector),
    ...(connector.access === "read-write" ? chooseProvisioning(connector) : []),
  ];
}

function chooseSync(connector: ConductorOneConnector): readonly Choice[] {
  const synced = [
    readUsers,
    readGroups,
    readEnterpriseApplications,
    readManagedIdentities,
    readDirectoryRoles,
    readLicenses,
  ].map((capability) => ({ capability, because: "sync", setting: "profile" }));
  const { signInActivity, resourceChangedEvents } = connector.options;
  return [
    ...synced,
    ...when(signInActivity, "signInActivity", readSignInActivity),
    ...when(
      resourceChangedEvents && offersDirectoryAudits(connector),
      "resourceChangedEvents",
      readDirectoryAudits,
    ),
  ];
}

function chooseProvisioning({ options: chosen }: ConductorOneConnector): readonly Choice[] {
  const kinds = [...new Set(chosen.provision ?? provisionedByDefault)];
  const exchange =
    chosen.exchangeRole === "recipient-administrator"
      ? provisionExchangeGroupsAsRecipientAdministrator
      : provisionExchangeGroups;
  return [
    ...kinds.map((kind) => ({
      capability: provisioning[kind],
      because: `provision: ${kind}`,
      setting: "provision",
    })),
    ...when(chosen.exchangeGroups, "exchangeGroups", exchange),
    ...when(chosen.deprovisionPrivilegedUsers, "deprovisionPrivilegedUsers", deprovisionPrivilegedUsers),
    ...when(chosen.scimProvisioning, "scimProvisioning", forceScimProvisioning),
  ];
}

/** The guide's lists, with its sections on Exchange groups and privileged users where those are switched on. */
function documented(connector: ConductorOneConnector): DocumentedList {
  if (connector.access === "read-only") return syncList;
  const optional = chooseProvisioning(connector).filter(
    ({ capability }) => capability.directoryRoles.length > 0,
  );
  return {
    title: syncAndProvisionList.title,
    roles: [
      ...syncAndProvisionList.roles,
      ...(connector.options.exchangeGroups
        ? [{ api: "exchangeOnline", value: "Exchange.ManageAsApp" } as const]
        : []),
    ],
    directoryRoles: optional.flatMap(({ capability }) => capability.directoryRoles),
  };
}

/** ConductorOne's Entra ID connector. Source: the product's guide "Entra ID", hosted connector with a client secret. */
export const conductorOne = defineProfile({
  id: "conductorone",
  title: "ConductorOne",
  vendor: "ConductorOne",
  guide: { title: "Set up an Entra ID connector" },
  access: ["read-only", "read-write"],
  credentialKinds: ["clientSecret"],
  defaultCredentials: ["clientSecret"],
  options,
  readWriteOptions: {
    provision: "A read-only connector provisions nothing.",
    exchangeGroups: "Members of Exchange groups can't be provisioned by a read-only connector.",
    exchangeRole: "The role is for provisioning members of Exchange groups.",
    deprovisionPrivilegedUsers: "A read-only connector deprovisions nobody.",
    scimProvisioning: "A read-only connector starts no synchronization.",
  },
  choose,
  documented,
  contradictions: ({ access, options: chosen }) => {
    const kinds = chosen.provision ?? provisionedByDefault;
    if (access === "read-only" || !chosen.deprovisionPrivilegedUsers || kinds.includes("accounts")) return [];
    return [
      {
        setting: "deprovisionPrivilegedUsers",
        message: "needs accounts in provision.",
        advice: 'Add "accounts" to provision, or leave deprovisionPrivilegedUsers out.',
      },
    ];
  },
  notices: (connector) => [
    ...(!offersDirectoryAudits(connector) && connector.options.resourceChangedEvents
      ? [
          "resourceChangedEvents is off: 21Vianet does not offer directoryAudits. Tick Disable resource changed event feed.",
        ]
      : []),
    ...(connector.options.exchangeGroups && connector.options.exchangeRole === "recipient-administrator"
      ? [
          "exchangeRole: recipient-administrator most likely cannot change groups that the app does not manage.",
        ]
      : []),
    ...(connector.options.signInActivity
      ? [
          "signInActivity works in tenants with Entra ID P1 or P2 only; without it the service refuses, no permission helps.",
        ]
      : []),
  ],
  handover: ({ cloud, graphDomain, options: chosen }) => [
    { kind: "value", label: "Entra tenant ID", source: "tenantId" },
    { kind: "value", label: "Entra client ID", source: "clientId" },
    { kind: "value", label: "Entra client secret", source: "credential" },
    { kind: "box", label: "Skip syncing Active Directory Server groups", ticked: chosen.skipAdServerGroups },
    ...(graphDomain === undefined
      ? []
      : [{ kind: "value", label: "Microsoft Graph domain", source: "graphDomain" } as const]),
    {
      kind: "box",
      label: "Fetch user sign-in activity",
      ticked: chosen.signInActivity,
      hint: "needs Entra ID P1 or P2",
    },
    { kind: "box", label: "Schedule SCIM provisioning", ticked: chosen.scimProvisioning },
    {
      kind: "box",
      label: "Disable resource changed event feed",
      ticked: !chosen.resourceChangedEvents || !offersDirectoryAudits({ cloud }),
    },
  ],
  notCarried: [
    "OAuth set-up of the cloud-hosted connector: it signs in on behalf of an administrator, and delegated permissions cannot be reviewed as a fixed set.",
    "Multi-tenant registrations: the connector works in one tenant.",
  ],
});
