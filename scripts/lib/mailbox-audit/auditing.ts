/** How auditing is set in an organization: read with four cmdlets, kept as far as something stands out. */
import { z } from "zod";
import { defaultActions, type LogonType, logonTypes } from "./default-actions";
import type { ExchangeAdmin } from "./exchange-admin";

/** A mailbox whose auditing is not as it is by default. */
export interface OddMailbox {
  /** GUID of the mailbox: names may repeat. */
  readonly guid: string;
  /** User principal name, else display name. */
  readonly name: string;
  readonly auditEnabled: boolean;
  /** Lists that somebody set and that lack actions of the default. */
  readonly reduced: readonly ReducedList[];
  /** Sign-ins whose actions follow Microsoft's default. */
  readonly defaultSet: readonly LogonType[];
}

/** A list of audited actions from which some are missing. */
export interface ReducedList {
  readonly logon: LogonType;
  readonly missing: readonly string[];
  /** Actions that somebody added beyond the default. */
  readonly extra: readonly string[];
}

/** An account whose actions nobody logs, in any mailbox. */
interface Bypass {
  readonly guid: string;
  readonly name: string;
}

/** What was read. */
export interface Auditing {
  /** Auditing on by default, for all mailboxes. */
  readonly onByDefault: boolean;
  /** The unified audit log, of which the Management Activity API is a part, takes events in. */
  readonly unifiedAuditLog: boolean;
  /** User and shared mailboxes; auditing of Microsoft 365 groups' mailboxes can't be changed. */
  readonly mailboxes: number;
  readonly odd: readonly OddMailbox[];
  readonly bypasses: readonly Bypass[];
}

const flag = z.union([z.boolean(), z.stringbool()]);
/** An empty list comes as null or as an empty text. */
const texts = z
  .union([z.array(z.string()), z.null(), z.literal("")])
  .optional()
  .transform((list) => (Array.isArray(list) ? list : []));

const organizationSchema = z.object({ AuditDisabled: flag });
const auditLogSchema = z.object({ UnifiedAuditLogIngestionEnabled: flag });
const mailboxSchema = z.object({
  Guid: z.string(),
  UserPrincipalName: z.string().nullish(),
  DisplayName: z.string().nullish(),
  AuditEnabled: flag,
  DefaultAuditSet: texts,
  AuditAdmin: texts,
  AuditDelegate: texts,
  AuditOwner: texts,
});
const bypassSchema = z.object({
  Guid: z.string(),
  Identity: z.string().nullish(),
  Name: z.string().nullish(),
  AuditBypassEnabled: flag,
});

const unlimited = { ResultSize: "Unlimited" };

/** Reads all of it. @throws ExchangeRefusal, ZodError for an answer of another shape */
export async function readAuditing(
  exchange: ExchangeAdmin,
  progress: (line: string) => void,
): Promise<Auditing> {
  const organization = await one(exchange, "Get-OrganizationConfig", organizationSchema);
  const unifiedAuditLog = await unifiedAuditLogOn(exchange);
  const odd: OddMailbox[] = [];
  let mailboxes = 0;
  for await (const page of exchange.run("Get-Mailbox", unlimited)) {
    mailboxes += page.length;
    progress(`${mailboxes.toLocaleString("en-US")} mailboxes`);
    odd.push(...page.flatMap((item) => oddOf(mailboxSchema.parse(item))));
  }
  const bypasses: Bypass[] = [];
  let accounts = 0;
  for await (const page of exchange.run("Get-MailboxAuditBypassAssociation", unlimited)) {
    accounts += page.length;
    progress(`${accounts.toLocaleString("en-US")} accounts, for bypasses`);
    bypasses.push(...page.flatMap((item) => bypassOf(bypassSchema.parse(item))));
  }
  return {
    onByDefault: !organization.AuditDisabled,
    unifiedAuditLog,
    mailboxes,
    odd,
    bypasses,
  };
}

/** Whether the unified audit log takes events in. @throws ExchangeRefusal */
export async function unifiedAuditLogOn(exchange: ExchangeAdmin): Promise<boolean> {
  return (await one(exchange, "Get-AdminAuditLogConfig", auditLogSchema)).UnifiedAuditLogIngestionEnabled;
}

async function one<T>(exchange: ExchangeAdmin, cmdlet: string, schema: z.ZodType<T>): Promise<T> {
  for await (const [item] of exchange.run(cmdlet)) return schema.parse(item);
  throw new Error(`${cmdlet} answered nothing.`);
}

function oddOf(mailbox: z.output<typeof mailboxSchema>): OddMailbox[] {
  const defaultSet = logonTypes.filter((logon) => mailbox.DefaultAuditSet.includes(logon));
  const reduced = logonTypes
    .filter((logon) => !defaultSet.includes(logon))
    .map((logon) => reducedList(logon, mailbox[`Audit${logon}`]))
    .filter(({ missing }) => missing.length > 0);
  if (mailbox.AuditEnabled && reduced.length === 0) return [];
  const name = mailbox.UserPrincipalName || mailbox.DisplayName || mailbox.Guid;
  return [{ guid: mailbox.Guid, name, auditEnabled: mailbox.AuditEnabled, reduced, defaultSet }];
}

/** A list that Microsoft manages is right whatever it holds: it differs by licence and grows. */
function reducedList(logon: LogonType, audited: readonly string[]): ReducedList {
  const usual = defaultActions[logon];
  return {
    logon,
    missing: usual.filter((action) => !audited.includes(action)),
    extra: audited.filter((action) => !usual.includes(action)),
  };
}

function bypassOf({ Guid, Name, Identity, AuditBypassEnabled }: z.output<typeof bypassSchema>): Bypass[] {
  return AuditBypassEnabled ? [{ guid: Guid, name: Name || Identity || Guid }] : [];
}
