/** Administering Exchange without a user. Source: "App-only authentication in Exchange Online PowerShell". */
import type { Call } from "./call";
import type { Capability } from "./capability";

/** What the Exchange Online PowerShell module itself calls; the documented Admin API only reads members. */
const exchangeCommand: Call = {
  api: "exchangeOnline",
  method: "POST",
  path: "/adminapi/beta/{id}/InvokeCommand",
  version: "beta",
  accepts: [["Exchange.ManageAsApp"]],
};

const manageExchange = {
  calls: [exchangeCommand],
  roles: [
    {
      api: "exchangeOnline",
      value: "Exchange.ManageAsApp",
      reason: "Graph does not reach this part of Exchange; without the permission Exchange answers 401.",
    },
    {
      api: "exchangeOnlineProtection",
      value: "Exchange.ManageAsApp",
      reason: "GCC High and DoD ask for it on this API as well.",
      clouds: ["gcchigh", "dod"],
    },
  ],
  probe: { kind: "token", note: "Exchange has no plain read that shows what the directory role allows." },
} as const;

export const provisionExchangeGroups: Capability = {
  ...manageExchange,
  id: "exchange-groups.provision",
  title: "Add and remove members of distribution lists and mail-enabled security groups",
  effect: "write",
  directoryRoles: ["Exchange Administrator"],
};

export const provisionExchangeGroupsAsRecipientAdministrator: Capability = {
  ...manageExchange,
  id: "exchange-groups.provision-as-recipient-administrator",
  title:
    "Add and remove members of distribution lists and mail-enabled security groups that the app may manage",
  effect: "write",
  directoryRoles: ["Exchange Recipient Administrator"],
};

/**
 * Sources: "Manage mailbox auditing" (Set-OrganizationConfig -AuditDisabled, Set-MailboxAuditBypassAssociation,
 * Set-Mailbox -AuditEnabled), "Feature permissions in Exchange Online", "Microsoft Entra built-in roles".
 */
export const prepareMailboxAuditing: Capability = {
  ...manageExchange,
  id: "mailbox-auditing.prepare",
  title: "Switch mailbox auditing on for the organization and its mailboxes",
  effect: "write",
  directoryRoles: ["Exchange Administrator"],
  directoryRoleReason:
    "Exchange Recipient Administrator may not change the organization's configuration, where auditing is switched on; Global Administrator reaches far beyond Exchange.",
};

export const checkUnifiedAuditLog: Capability = {
  ...manageExchange,
  id: "unified-audit-log.check",
  title: "Check that the unified audit log is on",
  effect: "read",
  directoryRoles: ["Global Reader"],
};
