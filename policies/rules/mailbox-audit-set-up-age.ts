import { z } from "zod";
import { prepareMailboxAuditing } from "../../components/permissions/capabilities/exchange";
import { type Finding, judged, notApplicable } from "../harness/outcome";
import { stackRule } from "../harness/rule";
import type { StackConnector } from "../harness/stack";

const day = 86_400_000;

export const mailboxAuditSetUpAge = stackRule({
  id: "mailbox-audit-set-up-age",
  title: "The set-up of mailbox auditing is over after 7 days",
  severity: "high",
  enforcement: "mandatory",
  cause: "A registration that may switch mailbox auditing on has been there for `days` days.",
  explanation: "It administers the whole of Exchange, and is needed for an hour.",
  remediation: "Set prepareMailboxAuditing to false, or begin anew with today's prepareMailboxAuditingSince.",
  config: z.strictObject({
    days: z.int().positive().default(7).describe("Days within which it is to be over."),
  }),
  judge: (stack, { config, settings }) => {
    const holders = stack.connectors.filter(({ manifest }) =>
      manifest?.capabilities.includes(prepareMailboxAuditing.id),
    );
    if (holders.length === 0) return notApplicable("No connector switches mailbox auditing on.");
    return judged(holders.flatMap((holder) => problemsOf(holder, config.days, settings.moment)));
  },
});

function problemsOf(
  { manifest, slug, urn }: StackConnector,
  days: number,
  moment: number,
): readonly Finding[] {
  const [since] = (manifest?.credentials ?? []).flatMap(({ anchor }) => anchor ?? []).sort();
  const of = (culprit: string, message: string) => [{ culprit, message, connector: slug, urn }];
  if (since === undefined) return of("no anchor", "Its credential does not say since when it is there.");
  const age = Math.floor((moment - Date.parse(since)) / day);
  const begun = since.slice(0, 10);
  return age < days ? [] : of(begun, `It was begun on ${begun}, ${age} days ago; the limit is ${days}.`);
}
