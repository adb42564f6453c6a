/**
 * Who used a mailbox that is not theirs. Microsoft pages "Manage mailbox auditing" (who is owner, delegate, administrator)
 * and "Office 365 Management Activity API schema" (`LogonType`, `UserType`).
 */
import type { RecordChange, RecordType } from "../../model/record";
import type { ExchangeEvent } from "./exchange-event";
import { textOf } from "./problems";

export const mailboxAccessType: RecordType = { type: "mailboxAccess", schemaVersion: 1, event: true };

type AccessedAs = "administrator" | "delegate";

/** Values of `LogonType`, as number and as name: 0 is the owner, 3 to 5 are the service's own. */
const logons: ReadonlyMap<string, AccessedAs> = new Map([
  ["1", "administrator"],
  ["admin", "administrator"],
  ["2", "delegate"],
  ["delegated", "delegate"],
  ["delegate", "delegate"],
  ["6", "administrator"],
  ["delegatedadmin", "administrator"],
]);

/** Whether a value of `LogonType` is that of somebody who may not be the owner. */
export const isOthers = (logonType: unknown): boolean => logons.has(wordOf(logonType));

/** Values of `UserType` that are no people: system, application, service principal, custom policy, system policy. */
const serviceTypes: ReadonlySet<string> = new Set(["4", "5", "6", "7", "8"]);
/** Accounts of the service itself. */
const serviceNames =
  /^(nt authority\\|nt service\\|s-1-5-(18|19|20)$)|@.*prod\.outlook\.com$|^serviceprincipal_/i;

/**
 * The record of an event in which somebody else than the owner used a mailbox; undefined for all others.
 * @param serviceAccounts principal names, `*` for any text
 */
export function mailboxAccess(
  event: ExchangeEvent,
  serviceAccounts: readonly string[],
): RecordChange | undefined {
  const { id, at, operation, userId, clientIp, result, raw } = event;
  const accessedAs = logons.get(wordOf(part(raw, "LogonType")));
  if (accessedAs === undefined || isOwner(event)) return undefined;
  const serviceAccount =
    serviceTypes.has(wordOf(part(raw, "UserType"))) ||
    serviceNames.test(userId ?? "") ||
    patternOf(serviceAccounts).test(userId ?? "");
  return {
    type: mailboxAccessType.type,
    key: id,
    data: {
      at,
      id,
      actor: userId,
      accessedAs,
      serviceAccount,
      owner: textOf(raw, "MailboxOwnerUPN") ?? null,
      mailboxId: textOf(raw, "MailboxGuid") ?? null,
      operation,
      folder: folderOf(raw),
      subject: textOf(part(raw, "Item"), "Subject") ?? null,
      clientIp,
      client: textOf(raw, "ClientInfoString") ?? null,
      external: part(raw, "ExternalAccess") === true,
      result,
    },
  };
}

const patterns = new WeakMap<readonly string[], RegExp>();

/** One expression for all names, made once for a run. */
function patternOf(names: readonly string[]): RegExp {
  const made = patterns.get(names);
  if (made !== undefined) return made;
  const escaped = names.map((name) => name.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*"));
  const pattern = new RegExp(names.length === 0 ? "(?!)" : `^(?:${escaped.join("|")})$`, "i");
  patterns.set(names, pattern);
  return pattern;
}

/** By security identifier, for names change; or by name, for the account of a synchronized person may have two of those. */
function isOwner({ userId, raw }: ExchangeEvent): boolean {
  const user = textOf(raw, "LogonUserSid");
  const owners = [textOf(raw, "MailboxOwnerSid"), textOf(raw, "MailboxOwnerMasterAccountSid")];
  if (user !== undefined && owners.includes(user)) return true;
  const name = textOf(raw, "MailboxOwnerUPN");
  return name !== undefined && name.toLowerCase() === userId?.toLowerCase();
}

/** A number or name as a word in lower case; empty for anything else. */
const wordOf = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value).toLowerCase() : "";

const part = (raw: object, name: string): unknown => Reflect.get(raw, name);

function folderOf(raw: object): string | null {
  const folders = part(raw, "Folders");
  const [first]: readonly unknown[] = Array.isArray(folders) ? folders : [];
  const item = part(raw, "Item");
  const parent = typeof item === "object" && item !== null ? part(item, "ParentFolder") : undefined;
  return textOf(part(raw, "Folder"), "Path") ?? textOf(parent, "Path") ?? textOf(first, "Path") ?? null;
}
