/** What is worth knowing to who reviews the change, beside the permissions. */
import { slotsAt } from "../../../components/credentials/rotation";
import { sortPlaces } from "../../../components/permissions/diff/fold";
import type { Note, Place, StackChange } from "../../../components/permissions/diff/model";
import type { ConnectorLock } from "../../../components/permissions/lock/schema";
import { profiles } from "../../../components/profiles";
import { renewalsOf } from "./renewals";

/** A note on one connector, which others may share: what it says after the connector's name, for one and for several. */
interface Remark {
  readonly one: string;
  readonly several: string;
}

/** Notes on the changed connectors as they are at `now`: their secrets, and what nobody has acknowledged. */
export function notesOn(changes: readonly StackChange[], now: Date): readonly Note[] {
  const found = new Map<string, { remark: Remark; places: Place[] }>();
  for (const { stack, connector, before } of changes.flatMap(presentConnectors)) {
    const place = { stack, connector: connector.name, tenantId: connector.tenantId };
    const renewals = before === undefined ? [] : renewalsOf(before, connector, now);
    for (const remark of [...renewals, ...unacknowledged(connector), ...secrets(connector, now)]) {
      const known = found.get(remark.one);
      if (known === undefined) found.set(remark.one, { remark, places: [place] });
      else known.places.push(place);
    }
  }
  return [...found.values()].map(({ remark, places }) => noteOf(remark, sortPlaces(places)));
}

function noteOf({ one, several }: Remark, places: readonly Place[]): Note {
  const names = [...new Set(places.map(({ connector }) => connector))];
  const who = names.length > 3 ? `${names.length} connectors` : names.join(" and ");
  return { text: `${who} ${names.length === 1 ? one : several}`, places };
}

function presentConnectors({ stack, difference }: StackChange) {
  return difference.connectors.flatMap((change) => {
    if (change.kind === "removed") return [];
    return [
      { stack, connector: change.after, before: change.kind === "changed" ? change.before : undefined },
    ];
  });
}

function unacknowledged({ acknowledgements }: ConnectorLock): readonly Remark[] {
  const missing = acknowledgements.filter(({ acknowledged }) => !acknowledged);
  if (missing.length === 0) return [];
  const findings = missing.map(({ rule, finding }) => `${finding} (rule ${rule})`).join(", ");
  const text = `can't be deployed yet: nobody has acknowledged ${findings} in the stack's settings.`;
  return [{ one: text, several: text }];
}

function secrets({ profile, credentials }: ConnectorLock, now: Date): readonly Remark[] {
  return credentials.flatMap((credential) => {
    if (!("lifetimeDays" in credential)) return [];
    const [{ startDate, endDate }] = slotsAt(credential, now.toISOString());
    const what = credential.kind === "clientSecret" ? "client secret" : "certificate";
    const kinds = profiles.find(({ id }) => id === profile)?.credentialKinds;
    const why = kinds?.length === 1 ? ", because the product takes nothing better" : "";
    const renewal = Date.parse(startDate) + (credential.lifetimeDays - credential.overlapDays) * 86_400_000;
    const rest = `in with a ${what} of ${credential.lifetimeDays} days${why}: valid to ${day(endDate)}, the next one is due on ${day(new Date(renewal).toISOString())}.`;
    return [{ one: `signs ${rest}`, several: `sign ${rest}` }];
  });
}

function day(instant: string): string {
  return instant.slice(0, 10);
}
