/** Is anything wrong: one sentence and three numbers. */
import type { StreamStatus } from "../../../components/collector/function/model/status";
import type { MetricResult } from "../../../components/state";
import { count } from "../output";
import { endsSoon, hasEnded, soonDays } from "./credentials";
import { listed } from "./listed";
import type { Report, Tone, Verdict } from "./model";

type Known = Pick<Report, "assessments" | "streams" | "gaps" | "credentials" | "generatedAt">;

/** The metrics of all tenants that found something. */
export function findings({ assessments }: Pick<Report, "assessments">): readonly MetricResult[] {
  return assessments.flatMap(({ metrics }) => metrics.filter(({ result }) => result === "finding"));
}

/** A stream that has been complete and is being read again is as complete as before. */
function isIncomplete({ state, lastSuccess }: StreamStatus): boolean {
  if (state === "connected" || state === "degraded") return false;
  return state === "error" || lastSuccess === undefined;
}

/** Cut off, and not resumed yet; what was complete before still is. */
const isInterrupted = (status: StreamStatus): boolean =>
  status.state === "interrupted" && !isIncomplete(status);

/** A collector that stopped days ago leaves a report that looks like one of today. */
const oldDays = 2;

/** @param now ISO date-time */
export const isOld = ({ lastSuccess }: StreamStatus, now: string): boolean =>
  lastSuccess !== undefined && Date.parse(now) - Date.parse(lastSuccess) > oldDays * 86_400_000;

export function verdictOf(known: Known): Verdict {
  const found = findings(known);
  const high = found.filter(({ severity }) => severity === "high").length;
  const incomplete = known.streams.filter(isIncomplete).length;
  const partial = known.streams.filter(
    ({ state, problem }) => state === "degraded" && problem?.code !== "gap",
  ).length;
  const old = known.streams.filter(
    (status) => !isIncomplete(status) && !isInterrupted(status) && isOld(status, known.generatedAt),
  ).length;
  const interrupted = known.streams.filter(isInterrupted).length;
  const credentials = known.credentials ?? [];
  const ended = credentials.filter(hasEnded).length;
  const soon = credentials.filter(endsSoon).length;
  const metrics = known.assessments.flatMap((one) => one.metrics);
  const open = metrics.filter(({ result }) => result === "not-assessed");
  // What is off on purpose is no trouble, but no good news either.
  const hindered = open.filter(({ reasonCode }) => reasonCode !== "opt-in-off").length;
  const assessed = {
    some: open.length < metrics.length,
    of: metrics.length,
    count: metrics.length - open.length,
  };
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
    ...(hindered > 0 ? [`${count(hindered, "risk")} that could not be assessed`] : []),
    ...(partial > 0 ? [`${count(partial, "stream")} collected in part`] : []),
    ...(interrupted > 0 ? [`${count(interrupted, "stream")} interrupted`] : []),
    ...(old > 0 ? [`${count(old, "stream")} not collected for more than ${oldDays} days`] : []),
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
        value: incomplete + partial + interrupted,
        label: `of ${count(known.streams.length, "collected stream")} not complete, ${count(known.gaps.length, "gap")}`,
        tone: incomplete > 0 ? "danger" : partial + interrupted + known.gaps.length > 0 ? "caution" : "plain",
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
  assessed: { readonly some: boolean; readonly count: number; readonly of: number },
): { readonly tone: Tone; readonly sentence: string } {
  if (grave.length > 0)
    return { tone: "danger", sentence: `Needs attention: ${listed([...grave, ...look])}.` };
  if (!assessed.some)
    return {
      tone: "caution",
      sentence: "Nothing can be said of risks yet: the state of the tenant has not been collected.",
    };
  if (look.length > 0)
    return {
      tone: "caution",
      sentence: `Nothing grave was found, but this is worth a look: ${listed(look)}.`,
    };
  const off = assessed.of - assessed.count;
  const risks = `no risk was found${off > 0 ? ` (${count(off, "check")} switched off)` : ""}`;
  return { tone: "relief", sentence: `Nothing is wrong: ${risks}, and every stream is complete.` };
}
