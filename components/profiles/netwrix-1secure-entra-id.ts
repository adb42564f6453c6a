import { z } from "zod";
import { checkUnifiedAuditLog } from "../permissions/capabilities/exchange";
import {
  readDirectoryAudits,
  readRegistrationDetails,
  readSignInActivity,
  readSignIns,
} from "../permissions/capabilities/read-activity";
import {
  readDirectoryRoles,
  readEnterpriseApplications,
  readGroups,
  readUsers,
} from "../permissions/capabilities/read-directory";
import { readDomains, readPolicies } from "../permissions/capabilities/read-posture";
import type { ConnectorSettings } from "../permissions/settings";
import { kindsOfSignIns, offersDirectoryAudits } from "./events";
import { type DocumentedList, type DocumentedRole, defineProfile, toggle, when } from "./profile";
import { thresholds } from "./state";

const options = z.object({
  excludedServiceAccountGroups: z
    .array(z.string().min(1))
    .default([])
    .describe("Names of Entra groups whose members are service accounts: not billed, hence not collected."),
  activity: toggle(true, "Entra ID Activity: the directory's change log."),
  logons: z
    .strictObject({
      failed: toggle(true, "Collect failed logons."),
      successful: toggle(true, "Collect successful logons."),
      kinds: kindsOfSignIns,
    })
    .default({ failed: true, successful: true, kinds: ["interactive"] })
    .describe("Entra ID Logons: failed, successful, or both. Both off switches the connector off."),
  state: toggle(
    true,
    "Entra ID State: a snapshot of users, groups, roles and policies for the risk reports.",
  ),
  unifiedAuditLogCheck: toggle(
    false,
    "State also checks that the unified audit log is on. Needs Exchange.ManageAsApp and the directory role Global Reader.",
  ),
  domainRegistrationCheck: toggle(
    false,
    "State also asks a registration data service (RDAP) outside Microsoft when the tenant's domains expire.",
  ),
  domainRegistrationEndpoint: z
    .url({ protocol: /^https$/, error: "is not an https address." })
    .default("https://rdap.org/domain/")
    .describe("The RDAP service that domainRegistrationCheck asks."),
  thresholds,
});
type Connector = ConnectorSettings<z.output<typeof options>>;

const stateMetric = "One metric of State needs it: whether the unified audit log is on.";

const always: readonly DocumentedRole[] = [
  {
    api: "graph",
    value: "Directory.Read.All",
    fault: {
      kind: "wider-than-needed",
      note: "State reads users, groups, roles, applications and domains, each with a permission of its own.",
    },
  },
  { api: "graph", value: "AuditLog.Read.All" },
];

const forState: readonly DocumentedRole[] = [
  { api: "graph", value: "Policy.Read.All" },
  {
    api: "office365Management",
    value: "ActivityFeed.Read",
    fault: { kind: "not-used", note: "Activity and Logons are read from Microsoft Graph." },
  },
  {
    api: "exchangeOnline",
    value: "Exchange.ManageAsApp",
    fault: { kind: "wider-than-needed", note: stateMetric },
  },
];

function documented({ options: { state } }: Connector): DocumentedList {
  return state
    ? {
        title: "Entra ID with State",
        roles: [...always, ...forState],
        directoryRoles: ["Exchange Administrator"],
      }
    : { title: "Entra ID", roles: always, directoryRoles: [] };
}

/**
 * Netwrix 1Secure for Microsoft Entra ID.
 * Source: the guides "Add a Source and Connectors for Microsoft Entra ID" and "App Registration and Configuration".
 */
export const netwrix1SecureEntraId = defineProfile({
  id: "netwrix-1secure-entra-id",
  title: "Netwrix 1Secure, Microsoft Entra ID",
  vendor: "Netwrix",
  guide: { title: "Add a Source and Connectors for Microsoft Entra ID" },
  access: ["read-only"],
  credentialKinds: ["clientSecret", "vendorCertificate"],
  defaultCredentials: ["clientSecret"],
  options,
  readWriteOptions: {},
  choose: ({ cloud, options: chosen }) => [
    ...when(chosen.activity && offersDirectoryAudits({ cloud }), "activity", readDirectoryAudits),
    ...when(chosen.logons.failed, "logons.failed", readSignIns),
    ...when(chosen.logons.successful, "logons.successful", readSignIns),
    ...when(
      chosen.state,
      "state",
      readUsers,
      readSignInActivity,
      readGroups,
      readDirectoryRoles,
      readEnterpriseApplications,
      readPolicies,
      readDomains,
      readRegistrationDetails,
    ),
    ...when(chosen.state && chosen.unifiedAuditLogCheck, "unifiedAuditLogCheck", checkUnifiedAuditLog),
    ...chosen.excludedServiceAccountGroups.slice(0, 1).map(() => ({
      capability: readGroups,
      because: "excludedServiceAccountGroups",
      setting: "excludedServiceAccountGroups",
    })),
  ],
  documented,
  contradictions: ({ options: chosen }) => {
    const { activity, logons, state } = chosen;
    const nothing = !activity && !logons.failed && !logons.successful && !state;
    const orphan = (["unifiedAuditLogCheck", "domainRegistrationCheck"] as const).filter(
      (setting) => chosen[setting] && !state,
    );
    return [
      ...(nothing
        ? [
            {
              setting: "activity",
              message: "is off, and so are logons and state: nothing is collected.",
              advice: "To pause collection set crawl: false.",
            },
          ]
        : []),
      ...orphan.map((setting) => ({
        setting,
        message: "is part of State, which is off.",
        advice: "Set state: true.",
      })),
    ];
  },
  notices: ({ cloud, options: chosen }) =>
    chosen.activity && !offersDirectoryAudits({ cloud })
      ? ["activity is off: 21Vianet does not offer directoryAudits."]
      : [],
  events: ({ options: { logons } }) => ({ signIns: logons }),
  handover: ({ sourceGroup, crawl, options: chosen }) => [
    ...(sourceGroup === undefined
      ? []
      : [{ kind: "text", label: "Source Group", value: sourceGroup } as const]),
    { kind: "value", label: "Tenant ID", source: "tenantId" },
    { kind: "box", label: "Crawl Source", ticked: crawl },
    ...chosen.excludedServiceAccountGroups.map(
      (value) => ({ kind: "text", label: "Service Account Entra ID Groups", value }) as const,
    ),
    { kind: "value", label: "Client ID", source: "clientId" },
    { kind: "value", label: "Client Secret", source: "credential" },
    { kind: "value", label: "Display Name", source: "connectorName" },
    { kind: "box", label: "Entra ID Activity", ticked: chosen.activity },
    { kind: "box", label: "Entra ID Logons", ticked: chosen.logons.failed || chosen.logons.successful },
    { kind: "box", label: "Collect Failed Logons", ticked: chosen.logons.failed },
    { kind: "box", label: "Collect Successful Logons", ticked: chosen.logons.successful },
    { kind: "box", label: "Entra ID State", ticked: chosen.state },
  ],
  notCarried: [
    "SharePoint Sites.FullControl.All of the vendor's sample manifest: an Entra ID source reads nothing in SharePoint.",
    "Global Administrator as an alternative to Exchange Administrator: never assigned.",
  ],
});
