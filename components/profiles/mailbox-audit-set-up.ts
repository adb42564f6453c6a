/** The second registration of an Exchange Online source: it switches mailbox auditing on and is removed again. */
import { z } from "zod";
import { prepareMailboxAuditing } from "../permissions/capabilities/exchange";
import { defaultAnchor } from "../permissions/instant";
import type { ConnectorSettings } from "../permissions/settings";
import { slugOf } from "../permissions/slug";
import { defineProfile } from "./profile";

/** The set-up is to be over within these days; its secret does not outlive them. */
const daysOfSetUp = 7;

/**
 * Comes with `prepareMailboxAuditing` of `netwrix-1secure-exchange-online`; nobody writes an entry of it.
 * Source: the guide "Settings for Non-Owner Mailbox Access Audit", which gives the collecting registration these rights for good.
 */
export const mailboxAuditSetUp = defineProfile({
  id: "mailbox-audit-set-up",
  title: "Mailbox audit set-up",
  vendor: "entra-connectors",
  guide: { title: "Settings for Non-Owner Mailbox Access Audit" },
  access: ["read-write"],
  credentialKinds: ["clientSecret"],
  defaultCredentials: ["clientSecret"],
  options: z.object({}),
  readWriteOptions: {},
  choose: () => [
    {
      capability: prepareMailboxAuditing,
      because: "prepareMailboxAuditing: true",
      setting: "prepareMailboxAuditing",
    },
  ],
  documented: () => undefined,
  contradictions: () => [],
  notices: () => [
    `administers Exchange. Set prepareMailboxAuditing to false as soon as mailbox auditing is on, within ${daysOfSetUp} days.`,
  ],
  handover: () => [
    { kind: "value", label: "Tenant ID", source: "tenantId" },
    { kind: "value", label: "Client ID", source: "clientId" },
    {
      kind: "value",
      label: "Client secret",
      source: "credential",
      hint: "for whoever sets auditing up; never for 1Secure",
    },
  ],
  notCarried: ["Global Administrator as an alternative to Exchange Administrator: never assigned."],
});

/**
 * The set-up's own entry. It shares the tenant and the consent with the entry it belongs to, and no credential, owner or
 * directory role: whoever owns the collecting registration can't sign in as the one that administers Exchange.
 * @param since ISO date-time at which the set-up began; absent: the entry's anchor
 */
export function mailboxAuditSetUpOf(entry: ConnectorSettings<unknown>, since?: string): ConnectorSettings {
  const name = `${entry.name} (mailbox audit set-up)`;
  const { sourceGroup: _, ...shared } = entry;
  const anchor = since ?? anchorOf(entry) ?? defaultAnchor;
  return {
    ...shared,
    name,
    slug: slugOf(name),
    profile: mailboxAuditSetUp.id,
    crawl: true,
    access: "read-write",
    permissions: "minimal",
    credentials: [{ kind: "clientSecret", lifetimeDays: daysOfSetUp, overlapDays: 2, anchor }],
    owners: [],
    notes:
      `Switches mailbox auditing on for "${entry.name}", which itself only reads audit events and never needs these rights. ` +
      `Begun on ${anchor.slice(0, 10)}, to be removed within ${daysOfSetUp} days: set prepareMailboxAuditing to false.`,
    options: {},
  };
}

function anchorOf({ credentials }: ConnectorSettings<unknown>): string | undefined {
  return credentials.flatMap((credential) => ("anchor" in credential ? [credential.anchor] : []))[0];
}
