/** The collector's run at the end of `npm start`. */
import type { StreamStatus } from "../../../components/collector/function/model/status";
import type { CollectorAppOutput, StackOutputs } from "../../../infra/outputs";
import { type Report, withBoard } from "../collect/board";
import { openApp } from "../collect/deployed/app";
import type { CollectorClient, Selection } from "../collect/deployed/client";
import { startDeployed, watchDeployed } from "../collect/deployed/collect";
import { interruptible } from "../interrupt";
import { withProgress } from "../progress";

/** What the function apps of a stack did. */
export interface CollectorRun {
  /** Name of the function app that reads. */
  readonly app: string;
  readonly streams: readonly StreamStatus[];
  /** Milliseconds from the request to the last stream's end. */
  readonly milliseconds: number;
}

/** What was granted or trusted a moment ago is not known everywhere at once: these problems may mend themselves. */
const lags: ReadonlySet<string> = new Set(["sign-in-failed", "consent-revoked", "permission-missing"]);
const lagPatience = 90_000;
const lagPause = 5_000;

/** Has the deployed collector run every stream, and shows it; undefined when the stack has none that reads. */
export async function runCollector(outputs: StackOutputs): Promise<CollectorRun | undefined> {
  const app = outputs.collector?.apps.find(
    ({ mode, connectors }) => mode === "collect" && connectors.length > 0,
  );
  if (app === undefined) return undefined;
  const client = await withProgress("collector", async (progress) => {
    progress(`waiting for the function app ${app.name}`);
    const opened = await openApp(app, outputs);
    await opened.statuses();
    return opened;
  });
  const startedAt = Date.now();
  const streams = await interruptible("No longer watching. The function app goes on.", (signal) =>
    withBoard(rowsOf(app), (report) => runUntilSettled(client, report, signal)),
  );
  return { app: app.name, streams, milliseconds: Date.now() - startedAt };
}

/** Runs all streams, and again those that failed for what may be a lag, until they work or patience ends. */
async function runUntilSettled(
  client: CollectorClient,
  report: Report,
  signal: AbortSignal,
): Promise<readonly StreamStatus[]> {
  const deadline = Date.now() + lagPatience;
  const done = new Map<string, StreamStatus>();
  let selection: Selection = {};
  for (;;) {
    const mayRepeat = (): boolean => Date.now() + lagPause < deadline && !signal.aborted;
    const shown: Report = (status) =>
      report(isLag(status) && mayRepeat() ? { ...status, state: "queued" } : status);
    const started = await startDeployed(client, selection, false);
    const { streams } = await watchDeployed(client, started, { signal, report: shown });
    for (const status of streams) done.set(`${status.connector}/${status.stream}`, status);
    const lagging = [...done.values()].filter(isLag);
    if (lagging.length === 0 || !mayRepeat()) {
      for (const status of lagging) report(status);
      return [...done.values()];
    }
    await new Promise((resolve) => setTimeout(resolve, lagPause));
    selection = {
      connectors: [...new Set(lagging.map(({ connector }) => connector))],
      streams: [...new Set(lagging.map(({ stream }) => stream))],
    };
  }
}

function isLag({ state, problem }: StreamStatus): boolean {
  return state === "error" && problem !== undefined && lags.has(problem.code);
}

function rowsOf(app: CollectorAppOutput) {
  return app.connectors.flatMap(({ slug, streams }) =>
    streams.map((stream) => ({ connector: slug, stream })),
  );
}
