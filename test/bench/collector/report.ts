/** What was measured, as text. */
import type { BudgetResult } from "./budgets";
import type { ColdStart } from "./cold-start";
import type { Figures } from "./contract";
import type { EventRace, LogBudgetResult, SignInsResult } from "./events";
import { type Goal, isMet } from "./goals";
import type { IncrementResult } from "./increment";
import type { Standing } from "./speed";

/** What the parts measured that were asked for. */
export interface Results {
  speed?: readonly Standing[];
  large?: IncrementResult;
  oneGroup?: Figures;
  increment?: IncrementResult;
  budgets?: readonly BudgetResult[];
  coldStart?: ColdStart;
  signIns?: SignInsResult;
  exchange?: EventRace;
  logBudget?: LogBudgetResult;
  goals: readonly Goal[];
}

/** The table, and the goals. */
export function report(results: Results): string {
  const rows = [
    ...(results.speed ?? []).flatMap(({ name, latency, runs }) =>
      runs.map((run) => figuresRow(`${name}, ${latency} ms`, run)),
    ),
    ...incrementRows("20,000 users", results.increment),
    ...incrementRows("200,000 users", results.large),
    ...(results.budgets ?? []).map(({ name, figures }) => figuresRow(`${name}, under budgets`, figures)),
    ...(results.oneGroup === undefined ? [] : [figuresRow("one group of 200,000", results.oneGroup)]),
    ...raceRows("100,000 sign-ins", results.signIns?.few),
    ...raceRows("1,000,000 sign-ins", results.signIns?.many),
    ...raceRows("Exchange, 1,000 contents", results.exchange),
    ...(results.logBudget === undefined
      ? []
      : [figuresRow("36,000 sign-ins, under budgets", results.logBudget.figures)]),
  ];
  const head = `${"".padEnd(34)}${["seconds", "cpu s", "requests", "429", "RSS MiB", "MB"].map((name) => name.padStart(9)).join("")}\n`;
  return `${rows.length > 0 ? head : ""}${rows.join("")}\n${results.goals.map(goalRow).join("")}`;
}

const incrementRows = (what: string, result: IncrementResult | undefined): readonly string[] =>
  result === undefined
    ? []
    : [figuresRow(what, result.full), figuresRow(`${what}, after 100 changes`, result.increment)];

const raceRows = (what: string, race: EventRace | undefined): readonly string[] => [
  ...(race?.ours ?? []).map((run) => figuresRow(what, run)),
  ...(race?.raw ?? []).map((run) => figuresRow(`${what}, raw`, run)),
];

function figuresRow(name: string, run: Figures): string {
  const { seconds, cpuSeconds, requests, throttled, peakRss, bytes } = run;
  const columns = [seconds.toFixed(2), cpuSeconds.toFixed(2), requests, throttled, peakRss.toFixed(0)];
  const megabytes = bytes > 0 ? (bytes / 1e6).toFixed(1) : "";
  return `${name.padEnd(34)}${[...columns, megabytes].map((column) => String(column).padStart(9)).join("")}\n`;
}

function goalRow(goal: Goal): string {
  const { measured, limit, wanted } = goal;
  return `${isMet(goal) ? "met   " : "MISSED"} ${goal.goal.padEnd(52)}${measured.toFixed(3).padStart(9)}   ${wanted} ${limit}\n`;
}
