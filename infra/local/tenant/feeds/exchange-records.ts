/** Makes Exchange mailbox audit records (Microsoft page "Office 365 Management Activity API schema: Exchange Mailbox"). */
import type { Actors } from "./actors";
import { arrivalDelay } from "./delays";
import { choose, guidOf, mix } from "./mix";
import type { ContentRecipe } from "./model";

/** A record as it stands in a blob. */
export type ExchangeRecord = Readonly<Record<string, unknown>>;

const operations = [
  ["MailItemsAccessed", 50],
  ["Send", 2],
  ["SoftDelete", 3],
  ["HardDelete", 3],
  ["MoveToDeletedItems", 3],
  ["Update", 2],
  ["UpdateInboxRules", 2],
  ["AddFolderPermissions", 2],
] as const;
const adminOperations = [
  "Set-Mailbox",
  "Add-MailboxPermission",
  "New-InboxRule",
  "Set-TransportRule",
] as const;
const hugeLength = 10 * 1024 * 1024;
const tenMinutes = 600_000;

export const recordId = ({ seed, number }: ContentRecipe, place: number): string =>
  guidOf(seed, number, place);

/** The first records of a recipe are the malformed ones; those after them are the huge ones. */
export const isMalformed = ({ malformed }: ContentRecipe, place: number): boolean => place < malformed;
const isHuge = ({ malformed, huge }: ContentRecipe, place: number): boolean =>
  place >= malformed && place < malformed + huge;

/** One record of a blob that was made at `created`; it happened before. */
export function makeExchangeRecord(
  actors: Actors,
  recipe: ContentRecipe,
  place: number,
  created: number,
): ExchangeRecord {
  const { seed } = recipe;
  const bits = mix(seed, place, 3);
  const age = recipe.late ? arrivalDelay(seed, place + 7) : (bits >>> 4) % tenMinutes;
  const common = {
    // The service writes universal time without saying so.
    CreationTime: new Date(created - age).toISOString().slice(0, 19),
    Id: recordId(recipe, place),
    OrganizationId: actors.organizationId,
    ResultStatus: "Succeeded",
    Version: 1,
    Workload: "Exchange",
    ClientIP: `198.51.100.${(bits >>> 9) % 254}`,
  };
  if (isMalformed(recipe, place)) return malformed(common, place);
  const make = bits % 20 === 0 ? adminRecord : mailboxRecord;
  const record = make(actors, recipe, place, bits, common);
  return isHuge(recipe, place) ? { ...record, AffectedItems: [{ Subject: "x".repeat(hugeLength) }] } : record;
}

/** What a client can't read: a time that is none, a record type that is a text, a part that is broken JSON. */
function malformed(common: ExchangeRecord, place: number): ExchangeRecord {
  if (place % 3 === 0) return { ...common, CreationTime: "not a time", Operation: "Send", RecordType: 2 };
  if (place % 3 === 1) return { ...common, Operation: 7, RecordType: "ExchangeItem", UserId: null };
  const { Id, ...rest } = common;
  return { ...rest, Id, CreationTime: null, Operation: "Send", RecordType: 2, Item: '{"Id":"cut off' };
}

/**
 * Who does what in whose mailbox: mostly owners; delegates, administrators and service accounts now and then, and Exchange
 * itself (`LogonType` 4), which nobody takes for access by another.
 */
function mailboxRecord(
  actors: Actors,
  recipe: ContentRecipe,
  place: number,
  bits: number,
  common: ExchangeRecord,
): ExchangeRecord {
  const owner = actors.user(recipe, mix(recipe.seed, place, 4));
  const rank = mix(recipe.seed, place, 5) % 100;
  const logonType = rank < 84 ? 0 : rank < 85 ? 4 : rank < 96 ? 2 : 1;
  const actor = logonType === 0 ? owner : actors.user(recipe, mix(recipe.seed, place, 6));
  const [operation, recordType] = choose(operations, bits >>> 7);
  const ownerName = owner?.userPrincipalName ?? "";
  const byService = logonType === 4 || (logonType === 1 && rank % 2 === 0);
  const actorName = byService
    ? "NT AUTHORITY\\SYSTEM (Microsoft.Exchange.Servicehost)"
    : (actor?.userPrincipalName ?? "");
  // A group's mailbox is owned by nobody; its members are delegates.
  const ofGroup = logonType !== 0 && bits % 4 === 1;
  const mailbox = ofGroup
    ? {
        guid: guidOf(7, 0, bits % 9),
        sid: `${domain}-${9_000 + (bits % 9)}`,
        address: `project-${bits % 9}@contoso.example`,
      }
    : { guid: owner?.id ?? "", sid: sidOf(owner?.id), address: ownerName };
  const record = {
    // Not by a spread: an object of so many properties would become a slow one.
    CreationTime: common.CreationTime,
    Id: common.Id,
    OrganizationId: common.OrganizationId,
    ResultStatus: common.ResultStatus,
    Version: common.Version,
    Workload: common.Workload,
    ClientIP: common.ClientIP,
    Operation: operation,
    RecordType: recordType,
    UserKey: actor?.id.replaceAll("-", "").slice(0, 16).toUpperCase() ?? "",
    UserType: logonType === 4 ? 4 : byService ? 5 : logonType === 1 ? 2 : 0,
    UserId: actorName,
    ClientIPAddress: `198.51.100.${(bits >>> 9) % 254}`,
    ClientInfoString: choose(["Client=OWA;", "Client=MSExchangeRPC", "Client=REST;"], bits >>> 13),
    ExternalAccess: logonType === 1,
    InternalLogonType: 0,
    LogonType: logonType,
    LogonUserSid: byService ? "S-1-5-18" : sidOf(actor?.id),
    MailboxGuid: mailbox.guid,
    MailboxOwnerSid: mailbox.sid,
    MailboxOwnerUPN: mailbox.address,
    OrganizationName: "contoso.onmicrosoft.example",
    OriginatingServer: "LOCAL01 (15.20.8000.000)",
  };
  return Object.assign(record, recordType === 50 ? accessed(bits) : changed);
}

const domain = "S-1-5-21-1-2-3";
/** A person's security identifier: the same in every record. */
const sidOf = (id: string | undefined): string => `${domain}-${Number.parseInt(id?.slice(0, 8) ?? "0", 16)}`;

const accessed = (bits: number): ExchangeRecord => ({
  OperationCount: 1,
  OperationProperties: [
    { Name: "MailAccessType", Value: "Bind" },
    { Name: "IsThrottled", Value: "False" },
  ],
  Folders: [{ Path: "\\Inbox", FolderItems: [{ InternetMessageId: `<${bits}@contoso.example>` }] }],
});

const changed: ExchangeRecord = {
  Item: {
    Id: "RgAAAAB",
    Subject: "Quarterly figures",
    ParentFolder: { Id: "LgAAAAB", Path: "\\Inbox", Name: "Inbox" },
  },
};

/** An administrator's or a service account's cmdlet. */
function adminRecord(
  actors: Actors,
  recipe: ContentRecipe,
  place: number,
  bits: number,
  common: ExchangeRecord,
): ExchangeRecord {
  const actor = actors.user(recipe, mix(recipe.seed, place, 6));
  const target = actors.user(recipe, mix(recipe.seed, place, 4));
  return {
    ...common,
    Operation: choose(adminOperations, bits >>> 7),
    RecordType: 1,
    UserKey: actor?.userPrincipalName ?? "",
    UserType: 2,
    UserId: actor?.userPrincipalName ?? "",
    ObjectId: target?.userPrincipalName ?? "",
    ExternalAccess: false,
    OrganizationName: "contoso.onmicrosoft.example",
    OriginatingServer: "LOCAL01 (15.20.8000.000)",
    Parameters: [{ Name: "Identity", Value: target?.userPrincipalName ?? "" }],
  };
}
