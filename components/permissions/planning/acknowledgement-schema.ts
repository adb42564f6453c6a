/** How an acknowledgement is written in a stack's settings, and how long it counts. */
import { z } from "zod";
import { instant } from "../instant";
import { acknowledgementRules } from "./acknowledgement";

const words = z.string().refine((value) => value.trim() !== "", { error: "must not be empty." });

/** One acknowledgement as it is written in the stack file. */
export const acknowledgementSchema = z.strictObject({
  rule: z.enum(Object.keys(acknowledgementRules)).describe("What is acknowledged."),
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

/**
 * Whether an acknowledgement no longer counts. A date counts to the end of its day.
 * @param expires ISO date-time as the schema reads it
 */
export function isExpired(expires: string, moment: number): boolean {
  const lastMoment = expires.endsWith("T00:00:00.000Z")
    ? Date.parse(expires) + 86_400_000 - 1
    : Date.parse(expires);
  return lastMoment < moment;
}
