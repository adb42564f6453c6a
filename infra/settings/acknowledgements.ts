/** The stack's acknowledgements: "yes, we mean it", with a reason, an owner and an end. */
import {
  acknowledgementSchema,
  isExpired,
} from "../../components/permissions/planning/acknowledgement-schema";
import type { Acknowledgement, ConnectorSettings } from "../../components/permissions/settings";
import { didYouMean } from "../../components/permissions/suggestion";
import { check, given, joinPath } from "./check";
import type { Problems } from "./problems";

/** Reads the list; expired and malformed ones are problems. */
export function parseAcknowledgements(
  raw: unknown,
  asOf: string,
  problems: Problems,
): readonly Acknowledgement[] {
  if (raw === undefined || raw === null) return [];
  if (!Array.isArray(raw)) {
    problems.add("acknowledgements", `must be a list, not ${given(raw)}.`);
    return [];
  }
  return raw.flatMap((item: unknown, index) => {
    const path = joinPath("acknowledgements", index);
    const parsed = check(acknowledgementSchema, item, path, problems);
    if (parsed === undefined) return [];
    const { finding, ...rest } = parsed;
    refuseExpired(parsed.expires, asOf, path, problems);
    return [finding === undefined ? rest : { ...rest, finding }];
  });
}

function refuseExpired(expires: string, asOf: string, path: string, problems: Problems): void {
  if (!isExpired(expires, Date.parse(asOf))) return;
  problems.add(
    `${path}.expires`,
    `expired on ${expires.slice(0, 10)}.`,
    "Have its owner renew it with a new date, or remove it together with what it acknowledges.",
  );
}

/** An acknowledgement that names no entry would be silently without effect. */
export function refuseStrangers(
  acknowledgements: readonly Acknowledgement[],
  connectors: readonly Pick<ConnectorSettings, "name">[],
  problems: Problems,
): void {
  const names = connectors.map(({ name }) => name);
  acknowledgements.forEach(({ connector }, index) => {
    if (names.includes(connector)) return;
    problems.add(
      `acknowledgements[${index}].connector`,
      `${given(connector)} is no entry of this stack.${didYouMean(connector, names)}`,
    );
  });
}
