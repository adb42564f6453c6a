import { z } from "zod";
import { readActivityFeed } from "../permissions/capabilities/read-activity";
import { instant } from "../permissions/instant";
import { serviceAccountNames } from "./events";
import { mailboxAuditSetUpOf } from "./mailbox-audit-set-up";
import { defineProfile, toggle, when } from "./profile";

const options = z.object({
  activity: toggle(
    true,
    "Exchange Online Activity: audit events of Exchange from the Management Activity API.",
  ),
  nonOwnerMailboxAudit: toggle(
    false,
    "Collect access by somebody other than the mailbox's owner, for the All Exchange Online Non-Owner Mailbox Access Events report. The events are in the same feed: no further permission.",
  ),
  serviceAccounts: serviceAccountNames,
  prepareMailboxAuditing: toggle(
    false,
    "Add a second registration, <name> (mailbox audit set-up), with Exchange Administrator, to switch mailbox auditing on. It has been on by default since 2019; take this away again within 7 days.",
  ),
  prepareMailboxAuditingSince: instant
    .optional()
    .describe(
      "Day on which prepareMailboxAuditing was switched on; the 7 days are counted from it. Default: the entry's anchor.",
    ),
});

/**
 * Netwrix 1Secure for Exchange Online.
 * Source: the guides "Add a Source and Connectors for Exchange Online" and "Settings for Non-Owner Mailbox Access Audit".
 */
export const netwrix1SecureExchangeOnline = defineProfile({
  id: "netwrix-1secure-exchange-online",
  title: "Netwrix 1Secure, Exchange Online",
  vendor: "Netwrix",
  guide: { title: "Add a Source and Connectors for Exchange Online" },
  access: ["read-only"],
  credentialKinds: ["clientSecret", "vendorCertificate"],
  defaultCredentials: ["clientSecret"],
  options,
  readWriteOptions: {},
  choose: ({ options: chosen }) => [
    ...when(chosen.activity, "activity", readActivityFeed),
    ...when(chosen.activity && chosen.nonOwnerMailboxAudit, "nonOwnerMailboxAudit", readActivityFeed),
  ],
  documented: ({ options: chosen }) => ({
    title: chosen.nonOwnerMailboxAudit ? "Exchange Online with non-owner mailbox audit" : "Exchange Online",
    roles: [
      { api: "office365Management", value: "ActivityFeed.Read" },
      ...(chosen.nonOwnerMailboxAudit
        ? [
            {
              api: "exchangeOnline",
              value: "Exchange.ManageAsApp",
              fault: {
                kind: "wider-than-needed",
                note: "Only switches mailbox auditing on, which it is by default; collecting needs nothing more.",
              },
            } as const,
          ]
        : []),
    ],
    directoryRoles: chosen.nonOwnerMailboxAudit ? ["Exchange Administrator"] : [],
  }),
  contradictions: ({ options: chosen }) => {
    if (!chosen.activity) {
      return [
        {
          setting: "activity",
          message: "is off: nothing is collected.",
          advice: "To pause collection set crawl: false.",
        },
      ];
    }
    return [];
  },
  notices: () => [],
  companions: (connector) => {
    const { prepareMailboxAuditing, prepareMailboxAuditingSince } = connector.options;
    return prepareMailboxAuditing ? [mailboxAuditSetUpOf(connector, prepareMailboxAuditingSince)] : [];
  },
  events: ({ options: chosen }) => ({
    exchangeActivity: chosen.activity,
    nonOwnerMailboxAccess: chosen.nonOwnerMailboxAudit,
    serviceAccounts: chosen.serviceAccounts,
  }),
  handover: ({ sourceGroup, crawl, options: chosen }) => [
    ...(sourceGroup === undefined
      ? []
      : [{ kind: "text", label: "Source Group", value: sourceGroup } as const]),
    { kind: "value", label: "Tenant ID", source: "tenantId" },
    { kind: "box", label: "Crawl Source", ticked: crawl },
    { kind: "value", label: "Client ID", source: "clientId" },
    { kind: "value", label: "Client Secret", source: "credential" },
    { kind: "value", label: "Display Name", source: "connectorName" },
    { kind: "box", label: "Exchange Online Activity", ticked: chosen.activity },
    { kind: "box", label: "Collect non-owner mailbox audit data", ticked: chosen.nonOwnerMailboxAudit },
  ],
  notCarried: ["Global Administrator as an alternative to Exchange Administrator: never assigned."],
});
