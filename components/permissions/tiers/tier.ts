/**
 * How dangerous a permission is. Judged by hand where a profile uses it or where it is a known path to Global
 * Administrator; the rest by a rule that errs on the dangerous side:
 * - it writes: T1;
 * - it reads what people wrote, recorded or keep secret (mail, files, chats, keys, recovery passwords): T1;
 * - any other read: T2.
 */
import type { ApiName } from "../catalogue/apis";
import { findRole } from "../catalogue/find-role";
import type { Tier } from "../manifest";
import { reviewedGraphTiers } from "./reviewed-graph";
import {
  reviewedDirectoryRoleTiers,
  reviewedExchangeProtectionTiers,
  reviewedExchangeTiers,
  reviewedManagementTiers,
  reviewedSharePointTiers,
} from "./reviewed-others";

/** Permissions with the tier and the reason, by name. */
export type ReviewedTiers<Value extends string> = { readonly [V in Value]?: readonly [Tier, string] };

/** A tier with the reason for it. */
export interface Judgement {
  readonly tier: Tier;
  readonly reason: string;
  /** True: judged by hand. False: by the default rule. */
  readonly reviewed: boolean;
}

const reviewed: Readonly<Record<ApiName, Readonly<Record<string, readonly [Tier, string] | undefined>>>> = {
  graph: reviewedGraphTiers,
  exchangeOnline: reviewedExchangeTiers,
  exchangeOnlineProtection: reviewedExchangeProtectionTiers,
  office365Management: reviewedManagementTiers,
  sharePointOnline: reviewedSharePointTiers,
};

/** Subjects whose reading alone gives away content or secrets. */
const contentOrSecrets =
  /^(Mail|MailboxItem|Files?|FileStorageContainer|Sites|Lists|ListItems|Notes|Chat|ChatMessage|Channel\w*|Calendars|Contacts|CallRecordings?|Calls|OnlineMeeting\w*|VirtualEvent|CallTranscripts?|Schedule|Tasks|ExternalItem|BitlockerKey|DeviceLocalCredential|InformationProtection\w*|UserAuthenticationMethod|eDiscovery|AiEnterpriseInteraction|User\.Export)/i;

/**
 * The tier of an application permission.
 * @throws UnknownRoleError when the API does not publish it.
 */
export function tierOf(api: ApiName, value: string): Judgement {
  const judged = reviewed[api][value];
  if (judged !== undefined) return { tier: judged[0], reason: judged[1], reviewed: true };
  const role = findRole(api, value);
  if (role.effect === "write")
    return { tier: "T1", reason: "Changes something across the tenant.", reviewed: false };
  return contentOrSecrets.test(value)
    ? { tier: "T1", reason: "Reads content or secrets.", reviewed: false }
    : { tier: "T2", reason: "Reads, without content or secrets.", reviewed: false };
}

/** The tier of a built-in directory role; by default a reader is T2 and every other role T1. */
export function tierOfDirectoryRole(displayName: string): Judgement {
  const table: Readonly<Record<string, readonly [Tier, string] | undefined>> = reviewedDirectoryRoleTiers;
  const judged = table[displayName];
  if (judged !== undefined) return { tier: judged[0], reason: judged[1], reviewed: true };
  return displayName.endsWith("Reader")
    ? { tier: "T2", reason: "Reads.", reviewed: false }
    : { tier: "T1", reason: "Changes something across the tenant.", reviewed: false };
}
