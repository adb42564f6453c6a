/** What did not change and is worth knowing to who reviews the change. */
import { slotsAt } from "../../../components/credentials/rotation";
import { sortPlaces } from "../../../components/permissions/diff/fold";
import type { Note, Place, StackChange } from "../../../components/permissions/diff/model";
import type { ConnectorLock } from "../../../components/permissions/lock/schema";
import { profiles } from "../../../components/profiles";
import { count } from "../output";

/** Notes on the changed connectors as they are at `now`: their secrets, and what nobody has acknowledged. */
export function notesOn(changes: readonly StackChange[], now: Date): readonly Note[] {
  const found = new Map<string, Place[]>();
  for (const { stack, connector } of changes.flatMap(presentConnectors)) {
    const place = { stack, connector: connector.name, tenantId: connector.tenantId };
    for (const text of [...unacknowledged(connector), ...secrets(connector, now)]) {
      found.set(text, [...(found.get(text) ?? []), place]);
    }
  }
  return [...found].map(([text, places]) => ({ text, places: sortPlaces(places) }));
}

function presentConnectors({ stack, difference }: StackChange) {
  return difference.connectors.flatMap((change) =>
    change.kind === "removed" ? [] : [{ stack, connector: change.after }],
  );
}

function unacknowledged({ name, acknowledgements }: ConnectorLock): readonly string[] {
  const missing = acknowledgements.filter(({ acknowledged }) => !acknowledged);
  if (missing.length === 0) return [];
  const findings = missing.map(({ rule, finding }) => `${finding} (rule ${rule})`).join(", ");
  return [`${name} can't be deployed yet: nobody has acknowledged ${findings} in the stack's settings.`];
}

function secrets({ name, profile, credentials }: ConnectorLock, now: Date): readonly string[] {
  return credentials.flatMap((credential) => {
    if (!("lifetimeDays" in credential)) return [];
    const [{ startDate, endDate }] = slotsAt(credential, now.toISOString());
    const what = credential.kind === "clientSecret" ? "client secret" : "certificate";
    const kinds = profiles.find(({ id }) => id === profile)?.credentialKinds;
    const why = kinds?.length === 1 ? "; the product takes nothing better" : "";
    const renewal = Date.parse(startDate) + (credential.lifetimeDays - credential.overlapDays) * 86_400_000;
    return [
      `${name} signs in with a ${what} of ${count(credential.lifetimeDays, "day")}${why}. It is valid to ${day(endDate)}; the next one is due on ${day(new Date(renewal).toISOString())}.`,
    ];
  });
}

function day(instant: string): string {
  return instant.slice(0, 10);
}
