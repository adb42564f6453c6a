/** What hides access by others than the owner, and which change makes it visible. Pure. */
import type { Auditing, OddMailbox, ReducedList } from "./auditing";
import { type LogonType, nonOwnerLogons } from "./default-actions";
import type { CmdletParameters } from "./exchange-admin";

/** Something that is not as the non-owner report needs it. */
export interface Finding {
  /** Where: the organization, a mailbox's or an account's name. */
  readonly where: string;
  /** What is set, for example `auditing is off`. */
  readonly setting: string;
  /** What the non-owner report lacks for it. */
  readonly means: string;
  /** Absent: nothing is changed, because the report does not need it. */
  readonly change?: Change;
}

/** One cmdlet that mends one finding. */
interface Change {
  /** In words: `switch auditing on`. */
  readonly does: string;
  readonly cmdlet: string;
  readonly parameters: CmdletParameters;
}

/** A change with where it is made. */
export interface PlannedChange extends Change {
  readonly where: string;
}

/** What a person may keep as it is. */
export interface PlanChoices {
  /** Accounts whose actions are deliberately not logged stay so. */
  readonly keepBypass: boolean;
}

/** Every finding, the widest first. An organization that is all right has none. */
export function findingsOf(auditing: Auditing, { keepBypass }: PlanChoices): readonly Finding[] {
  return [
    ...organizationFindings(auditing),
    ...auditing.bypasses.map(({ guid, name }): Finding => {
      const change: Change = {
        does: "log what it does",
        cmdlet: "Set-MailboxAuditBypassAssociation",
        parameters: { Identity: guid, AuditBypassEnabled: false },
      };
      return {
        where: name,
        setting: "audit bypass is on",
        means: "nothing that this account does in any mailbox is reported",
        ...(keepBypass ? {} : { change }),
      };
    }),
    ...auditing.odd.flatMap((mailbox) => mailboxFindings(mailbox, auditing)),
  ];
}

function organizationFindings({ onByDefault, unifiedAuditLog }: Auditing): readonly Finding[] {
  const where = "organization";
  const log: Finding = {
    where,
    setting: "the unified audit log takes no events in",
    means: "nothing at all is reported: the activity feed is empty",
    change: {
      does: "have the unified audit log take events in; up to an hour passes until it does",
      cmdlet: "Set-AdminAuditLogConfig",
      parameters: { UnifiedAuditLogIngestionEnabled: true },
    },
  };
  const byDefault: Finding = {
    where,
    setting: "mailbox auditing by default is off",
    means: "only mailboxes whose own auditing is on are reported, new ones never",
    change: {
      does: "switch mailbox auditing on by default",
      cmdlet: "Set-OrganizationConfig",
      parameters: { AuditDisabled: false },
    },
  };
  return [...(unifiedAuditLog ? [] : [log]), ...(onByDefault ? [] : [byDefault])];
}

function mailboxFindings(mailbox: OddMailbox, { onByDefault }: Auditing): readonly Finding[] {
  const { guid, name: where, auditEnabled, reduced } = mailbox;
  const off: Finding = {
    where,
    setting: "auditing is off",
    means: onByDefault
      ? "Microsoft's default actions alone are logged, and without an E5 licence they may be missing from the feed"
      : "nothing that others do in this mailbox is reported",
    change: {
      does: "switch auditing on",
      cmdlet: "Set-Mailbox",
      parameters: { Identity: guid, AuditEnabled: true },
    },
  };
  return [...(auditEnabled ? [] : [off]), ...reduced.map((list) => reducedFinding(mailbox, list))];
}

function reducedFinding(mailbox: OddMailbox, list: ReducedList): Finding {
  const { logon, missing } = list;
  const nonOwner = nonOwnerLogons.some((one) => one === logon);
  const shown =
    missing.length > 4
      ? `${missing.slice(0, 3).join(", ")} and ${missing.length - 3} more`
      : missing.join(", ");
  return {
    where: mailbox.name,
    setting: `Audit${logon} lacks ${shown}`,
    means: nonOwner
      ? `these actions of ${logon === "Admin" ? "administrators" : "delegates"} are not reported`
      : "actions of the owner, which are no part of the report",
    ...(nonOwner ? { change: completed(mailbox, list) } : {}),
  };
}

/** Back to the list that Microsoft manages; where somebody added actions to it, what is missing is added as well. */
function completed(mailbox: OddMailbox, { logon, missing, extra }: ReducedList): Change {
  const Identity = mailbox.guid;
  if (extra.length > 0) {
    return {
      does: `add ${missing.join(", ")} to Audit${logon}`,
      cmdlet: "Set-Mailbox",
      parameters: {
        Identity,
        [`Audit${logon}`]: { "@odata.type": "#Exchange.GenericHashTable", Add: missing },
      },
    };
  }
  const restored = restoredLogons(mailbox);
  return {
    does: `let ${restored.map((one) => `Audit${one}`).join(" and ")} follow Microsoft's default again`,
    cmdlet: "Set-Mailbox",
    parameters: { Identity, DefaultAuditSet: [...mailbox.defaultSet, ...restored] },
  };
}

/** All of a mailbox at once: the set is written as a whole. */
function restoredLogons({ reduced }: OddMailbox): readonly LogonType[] {
  return nonOwnerLogons.filter((logon) =>
    reduced.some((list) => list.logon === logon && list.extra.length === 0),
  );
}

/** The changes of these findings, each once: one may mend two. */
export function changesOf(findings: readonly Finding[]): readonly PlannedChange[] {
  const planned = findings.flatMap(({ where, change }) =>
    change === undefined ? [] : [{ where, ...change }],
  );
  return [...new Map(planned.map((one) => [JSON.stringify([one.cmdlet, one.parameters]), one])).values()];
}
