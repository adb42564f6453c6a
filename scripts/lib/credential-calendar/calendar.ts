/** What becomes of each credential when, and what somebody has to do for it: settings and last deployment, side by side. */
import { generationOf } from "../../../components/credentials/renewal";
import { slotsAt } from "../../../components/credentials/rotation";
import type { ConnectorSettings, Settings } from "../../../components/permissions/settings";
import type { ConnectorOutput, CredentialOutput, StackOutputs } from "../../../infra/outputs";
import { credentialName } from "../connection/sign-in";
import { dateOf } from "../handover/sheet";
import type { RotatingCredential } from "../rotate/model";
import { renewalDay } from "../rotate/plan";

/** A credential that ends within so many days and does not renew itself is something to do. */
const soonDays = 30;

/** `deploy`: a new value is due; `replace`: only a person can; `paste`: the new value is there, the old one ends soon. */
type Todo = "deploy" | "replace" | "paste" | null;

/** One credential in use. */
export interface CalendarEntry {
  readonly connector: string;
  readonly name: string;
  readonly kind: CredentialOutput["kind"];
  readonly displayName: string;
  /** ISO date-times; null where it does not end, or does not renew itself. */
  readonly validUntil: string | null;
  readonly renewedOn: string | null;
  /** Until when the value before it still signs in; null when there is none. */
  readonly oldValueUntil: string | null;
  readonly todo: Todo;
  /** What to do, or why nothing. */
  readonly remark: string;
}

/** The credentials of these connectors that were deployed; what is to be done stands first, then by date. */
export function credentialCalendar(
  { connectors, asOf }: Pick<Settings, "connectors" | "asOf">,
  outputs: Pick<StackOutputs, "connectors">,
): readonly CalendarEntry[] {
  const entries = connectors.flatMap((connector) => {
    const deployed = outputs.connectors[connector.name];
    return deployed === undefined ? [] : entriesOf(connector, deployed, asOf);
  });
  return entries.sort((a, b) => order(a).localeCompare(order(b)));
}

function order({ todo, renewedOn, validUntil }: CalendarEntry): string {
  const urgency = ["deploy", "replace", "paste", null].indexOf(todo);
  return `${urgency} ${renewedOn ?? validUntil ?? "9999"}`;
}

function entriesOf(
  connector: ConnectorSettings,
  deployed: ConnectorOutput,
  asOf: string,
): readonly CalendarEntry[] {
  return deployed.credentials
    .filter(({ current }) => current)
    .map((credential): CalendarEntry => {
      const schedule = connector.credentials.find(
        (one): one is RotatingCredential => "anchor" in one && one.kind === credential.kind,
      );
      const old = deployed.credentials.find(({ kind, current }) => kind === credential.kind && !current);
      const blank = {
        connector: connector.slug,
        name: connector.name,
        kind: credential.kind,
        displayName: credential.displayName,
        validUntil: credential.endDate,
        oldValueUntil: old?.endDate && old.endDate > asOf ? old.endDate : null,
      };
      if (schedule === undefined) return { ...blank, renewedOn: null, ...lasting(credential, asOf) };
      const [{ startDate }] = slotsAt(schedule, asOf);
      const due = isDue(credential, schedule, asOf);
      const renewedOn = due ? startDate : renewalDay(schedule, startDate);
      return { ...blank, renewedOn, ...rotating(blank, due, connector, schedule) };
    });
}

/** The schedule counts another generation than the one that was deployed, or that one is over. */
function isDue(
  { displayName, endDate }: CredentialOutput,
  schedule: RotatingCredential,
  asOf: string,
): boolean {
  const [{ generation }] = slotsAt(schedule, asOf);
  return generationOf(displayName) !== generation || (endDate !== null && endDate <= asOf);
}

type Verdict = Pick<CalendarEntry, "todo" | "remark">;

function rotating(
  { oldValueUntil }: Pick<CalendarEntry, "oldValueUntil">,
  due: boolean,
  { slug }: ConnectorSettings,
  schedule: RotatingCredential,
): Verdict {
  if (due) return { todo: "deploy", remark: "a new value is due: deploy the stack, then hand it over" };
  if (schedule.staysInVault) return { todo: null, remark: "renews itself in the vault" };
  if (oldValueUntil === null)
    return { todo: null, remark: "renews itself at the first deployment from then on" };
  return {
    todo: "paste",
    remark: `paste the new value before ${dateOf(oldValueUntil)}, if that is not done: handover ${slug}`,
  };
}

function lasting({ kind, endDate }: CredentialOutput, asOf: string): Verdict {
  if (endDate === null) return { todo: null, remark: "never ends: there is no secret" };
  const days = Math.floor((Date.parse(endDate) - Date.parse(asOf)) / 86_400_000);
  const what = `${credentialName(kind)}: have the vendor make a new one and add its file to the settings`;
  if (days < 0) return { todo: "replace", remark: `ended; ${what}` };
  if (days <= soonDays) return { todo: "replace", remark: `ends in ${days} days; ${what}` };
  return { todo: null, remark: "does not renew itself: the vendor makes the next one" };
}
