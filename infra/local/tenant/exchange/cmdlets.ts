/** The cmdlets that are served, and what they answer (pages of the Exchange PowerShell reference). */
import { z } from "zod";
import type { CmdletAccess } from "./access";
import { refusals } from "./errors";
import type { ExchangeState, Mailbox } from "./state";

type Values = Readonly<Record<string, unknown>>;

/** A cmdlet: the parameters it knows, what it needs, and what it answers. */
interface Cmdlet {
  readonly access: CmdletAccess;
  readonly parameters: readonly string[];
  readonly run: (state: ExchangeState, parameters: Values) => Iterable<Values>;
}

const flag = z.union([z.boolean(), z.stringbool()]);
const texts = z.union([z.array(z.string()), z.string().transform((text) => [text])]);
/** `@{Add="…";Remove="…"}` of PowerShell. */
const changes = z.object({ Add: texts.optional(), Remove: texts.optional() });

const auditLists = ["AuditOwner", "AuditDelegate", "AuditAdmin"] as const;
const logonOf: Readonly<Record<string, string>> = {
  AuditOwner: "Owner",
  AuditDelegate: "Delegate",
  AuditAdmin: "Admin",
};

function parse<T extends z.ZodType>(schema: T, name: string, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (!result.success) throw refusals.badValue(name);
  return result.data;
}

const shown = (state: ExchangeState, mailbox: Mailbox): Values => ({
  Identity: mailbox.displayName,
  Guid: mailbox.id,
  ExternalDirectoryObjectId: mailbox.id,
  DisplayName: mailbox.displayName,
  UserPrincipalName: mailbox.userPrincipalName,
  PrimarySmtpAddress: mailbox.address,
  RecipientTypeDetails: mailbox.kind,
  ...state.auditing(mailbox),
});

const bypass = (state: ExchangeState, mailbox: Mailbox): Values => ({
  Identity: mailbox.displayName,
  Guid: mailbox.id,
  ObjectId: mailbox.id,
  AuditBypassEnabled: state.bypasses(mailbox),
});

function* mailboxes(
  state: ExchangeState,
  parameters: Values,
  show: (state: ExchangeState, mailbox: Mailbox) => Values,
): Generator<Values> {
  if (parameters.Identity !== undefined) {
    yield show(state, state.mailbox(parse(z.string(), "Identity", parameters.Identity)));
    return;
  }
  const groups =
    parameters.GroupMailbox !== undefined && parse(flag, "GroupMailbox", parameters.GroupMailbox);
  for (const mailbox of state.mailboxes(groups ? "GroupMailbox" : "UserMailbox")) yield show(state, mailbox);
}

/** A list of audited actions that is set no longer follows the default set; one of `DefaultAuditSet` does again. */
function setMailbox(state: ExchangeState, parameters: Values): readonly Values[] {
  const mailbox = state.mailbox(parse(z.string(), "Identity", parameters.Identity));
  const current = state.auditing(mailbox);
  const set: Record<string, unknown> = {};
  if (parameters.AuditEnabled !== undefined) {
    set.AuditEnabled = parse(flag, "AuditEnabled", parameters.AuditEnabled);
  }
  let defaultSet = parse(texts, "DefaultAuditSet", parameters.DefaultAuditSet ?? current.DefaultAuditSet);
  for (const name of auditLists) {
    if (parameters[name] === undefined) continue;
    set[name] = changedList(name, parse(texts, name, current[name]), parameters[name]);
    defaultSet = defaultSet.filter((logon) => logon !== logonOf[name]);
  }
  state.setAuditing(mailbox, { ...set, DefaultAuditSet: defaultSet });
  return [];
}

function changedList(name: string, current: readonly string[], given: unknown): readonly string[] {
  const change = changes.safeParse(given);
  if (!change.success) return parse(texts, name, given);
  const removed = new Set(change.data.Remove);
  return [...new Set([...current, ...(change.data.Add ?? [])])].filter((action) => !removed.has(action));
}

const listed = ["Identity", "ResultSize"];
const getMailbox: Cmdlet = {
  access: "read",
  parameters: [...listed, "GroupMailbox", "RecipientTypeDetails", "Properties", "PropertySets"],
  run: (state, parameters) => mailboxes(state, parameters, shown),
};

/** By name in lower case. */
export const cmdlets: Readonly<Record<string, Cmdlet>> = {
  "get-organizationconfig": {
    access: "read",
    parameters: [],
    run: (state) => [state.settings("organization")],
  },
  "set-organizationconfig": {
    access: "write-organization",
    parameters: ["AuditDisabled"],
    run: (state, { AuditDisabled }) => {
      if (AuditDisabled !== undefined) {
        state.set("organization", { AuditDisabled: parse(flag, "AuditDisabled", AuditDisabled) });
      }
      return [];
    },
  },
  "get-adminauditlogconfig": {
    access: "read",
    parameters: [],
    run: (state) => [state.settings("adminAuditLog")],
  },
  "set-adminauditlogconfig": {
    access: "write-organization",
    parameters: ["UnifiedAuditLogIngestionEnabled"],
    run: (state, { UnifiedAuditLogIngestionEnabled: enabled }) => {
      const name = "UnifiedAuditLogIngestionEnabled";
      if (enabled !== undefined) state.set("adminAuditLog", { [name]: parse(flag, name, enabled) });
      return [];
    },
  },
  "get-mailbox": getMailbox,
  "get-exomailbox": getMailbox,
  "set-mailbox": {
    access: "write-recipients",
    parameters: ["Identity", "AuditEnabled", "DefaultAuditSet", ...auditLists],
    run: setMailbox,
  },
  "get-mailboxauditbypassassociation": {
    access: "read",
    parameters: listed,
    run: (state, parameters) => mailboxes(state, parameters, bypass),
  },
  "set-mailboxauditbypassassociation": {
    access: "write-recipients",
    parameters: ["Identity", "AuditBypassEnabled"],
    run: (state, { Identity, AuditBypassEnabled }) => {
      const mailbox = state.mailbox(parse(z.string(), "Identity", Identity));
      state.setBypass(mailbox, parse(flag, "AuditBypassEnabled", AuditBypassEnabled));
      return [];
    },
  },
};
