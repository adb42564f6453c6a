/** The stack's acknowledgements: "yes, we mean it", with a reason, an owner and an end. */
import { z } from "zod";
import { acknowledgementRules } from "../../components/permissions/planning/acknowledgement";
import type { Acknowledgement, ConnectorSettings } from "../../components/permissions/settings";
import { didYouMean } from "../../components/permissions/suggestion";
import { check, given, joinPath } from "./check";
import { instant } from "./common";
import type { Problems } from "./problems";

const rules = Object.keys(acknowledgementRules);
const words = z.string().refine((value) => value.trim() !== "", { error: "must not be empty." });

/** One acknowledgement as it is written in the stack file. */
export const acknowledgementSchema = z.strictObject({
  rule: z.enum(rules).describe("What is acknowledged."),
  connector: words.describe("Name of the entry."),
  finding: words
    .optional()
    .describe("The culprit, for example a permission. Absent: every finding of the rule."),
  reason: words.describe(
    "Why it is needed. The reason of a directory role also goes to the principal's notes.",
  ),
  owner: words.describe("Who answers for it."),
  expires: instant.describe("Date until which it counts."),
});

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

/** A date counts to the end of its day. */
function refuseExpired(expires: string, asOf: string, path: string, problems: Problems): void {
  const lastMoment = expires.endsWith("T00:00:00.000Z")
    ? Date.parse(expires) + 86_400_000 - 1
    : Date.parse(expires);
  if (lastMoment >= Date.parse(asOf)) return;
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
