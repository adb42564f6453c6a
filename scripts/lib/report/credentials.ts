/** When which credential ends, from the stack's outputs. */
import type { NamedConnector } from "../connectors";
import type { Credential } from "./model";

const day = 86_400_000;
/** A credential that ends within so many days is worth a look. */
export const soonDays = 30;

/** What ends first stands first; what never ends, last. */
export function credentialCalendar(connectors: readonly NamedConnector[], now: Date): readonly Credential[] {
  const all = connectors.flatMap(({ connector }) =>
    connector.credentials.map(({ kind, displayName, current, startDate, endDate }): Credential => {
      const until = endDate === null ? undefined : Date.parse(endDate);
      return {
        connector: connector.manifest.name,
        kind,
        displayName,
        current,
        from: startDate,
        until: endDate,
        daysLeft: until === undefined ? null : Math.floor((until - now.getTime()) / day),
      };
    }),
  );
  return all.sort((a, b) => ((a.until ?? "9999") < (b.until ?? "9999") ? -1 : 1));
}

/** The credential that a connector signs in with has ended. */
export const hasEnded = ({ current, daysLeft }: Credential): boolean =>
  current && daysLeft !== null && daysLeft < 0;

/** It ends soon. */
export const endsSoon = ({ current, daysLeft }: Credential): boolean =>
  current && daysLeft !== null && daysLeft >= 0 && daysLeft <= soonDays;
