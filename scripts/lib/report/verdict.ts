/** Is anything wrong: one sentence and three numbers. */
import type { MetricResult } from "../../../components/state";
import { count } from "../output";
import { endsSoon, hasEnded, soonDays } from "./credentials";
import type { Report, Tone, Verdict } from "./model";

type Known = Pick<Report, "assessments" | "streams" | "gaps" | "credentials">;

/** The metrics of all tenants that found something. */
export function findings({ assessments }: Pick<Report, "assessments">): readonly MetricResult[] {
  return assessments.flatMap(({ metrics }) => metrics.filter(({ result }) => result === "finding"));
}

export function verdictOf(known: Known): Verdict {
  const found = findings(known);
  const high = found.filter(({ severity }) => severity === "high").length;
  const incomplete = known.streams.filter(
    ({ state }) => state !== "connected" && state !== "degraded",
  ).length;
  const credentials = known.credentials ?? [];
  const ended = credentials.filter(hasEnded).length;
  const soon = credentials.filter(endsSoon).length;
  const assessed = known.assessments.some(({ metrics }) =>
    metrics.some(({ result }) => result !== "not-assessed"),
  );
  const grave = [
    ...(high > 0 ? [count(high, "high-severity risk")] : []),
    ...(ended > 0 ? [`${count(ended, "expired credential")}`] : []),
    ...(incomplete > 0 ? [`${count(incomplete, "stream")} not complete`] : []),
  ];
  const look = [
    ...(found.length > high ? [count(found.length - high, "lesser risk")] : []),
    ...(known.gaps.length > 0
      ? [count(known.gaps.length, "gap in what was collected", "gaps in what was collected")]
      : []),
    ...(soon > 0 ? [`${count(soon, "credential")} to renew within ${soonDays} days`] : []),
  ];
  return {
    ...sentenceOf(grave, look, assessed),
    numbers: [
      {
        value: found.length,
        label: `${found.length === 1 ? "risk" : "risks"} found, ${high} of high severity`,
        tone: high > 0 ? "danger" : found.length > 0 ? "caution" : "plain",
      },
      {
        value: incomplete,
        label: `of ${count(known.streams.length, "collected stream")} not complete, ${count(known.gaps.length, "gap")}`,
        tone: incomplete > 0 ? "danger" : known.gaps.length > 0 ? "caution" : "plain",
      },
      {
        value: ended + soon,
        label: `${ended + soon === 1 ? "credential" : "credentials"} expired or ending within ${soonDays} days`,
        tone: ended > 0 ? "danger" : soon > 0 ? "caution" : "plain",
      },
    ],
  };
}

function sentenceOf(
  grave: readonly string[],
  look: readonly string[],
  assessed: boolean,
): { readonly tone: Tone; readonly sentence: string } {
  if (grave.length > 0)
    return { tone: "danger", sentence: `Needs attention: ${listed([...grave, ...look])}.` };
  if (!assessed)
    return {
      tone: "caution",
      sentence: "Nothing can be said of risks yet: the state of the tenant has not been collected.",
    };
  if (look.length > 0)
    return { tone: "caution", sentence: `Nothing grave, but worth a look: ${listed(look)}.` };
  return { tone: "relief", sentence: "Nothing is wrong: no risk was found, and every stream is complete." };
}

/** `a, b and c`. */
function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
