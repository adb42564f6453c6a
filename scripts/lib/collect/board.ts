/** Shows streams while they run: a live list on a terminal, elsewhere a line for each that ends. */
import type { StreamStatus } from "../../../components/collector/function/model/status";
import { isLive, palette } from "../terminal";
import { hasEnded } from "./report";
import { kindWord, runText, stateWord } from "./words";

/** A stream that is waited for. */
export interface Row {
  /** Slug of the connector. */
  readonly connector: string;
  readonly stream: string;
}

/** Tells the board how a stream stands. */
export type Report = (status: StreamStatus) => void;

/** Elsewhere than on a terminal, what runs for longer says how it stands this often in milliseconds. */
const patience = 5_000;

/** Shows the rows while `work` runs, on standard error, and answers what it answers. */
export async function withBoard<Result>(
  rows: readonly Row[],
  work: (report: Report) => Promise<Result>,
): Promise<Result> {
  const width = Math.max(...rows.map((row) => label(row).length)) + 3;
  return isLive() ? runLive(rows, width, work) : runPlain(width, work);
}

async function runLive<Result>(
  rows: readonly Row[],
  width: number,
  work: (report: Report) => Promise<Result>,
): Promise<Result> {
  const { Listr, ListrLogger, ProcessOutput } = await import("listr2");
  const lines = new Map(rows.map((row) => [label(row), new Line()]));
  const tasks = [...lines].map(([title, line]) => ({
    title: title.padEnd(width),
    task: async (_: unknown, task: { title: string }) => {
      line.show = (text) => {
        task.title = `${title.padEnd(width)}${text}`;
      };
      await line.ended;
    },
  }));
  const output = new ProcessOutput(process.stderr, process.stderr);
  const board = new Listr(tasks, {
    concurrent: true,
    exitOnError: false,
    // Ctrl-C is the command's: it saves what was read first.
    registerSignalListeners: false,
    renderer: "default",
    rendererOptions: {
      logger: new ListrLogger({ useIcons: true, processOutput: output }),
      showErrorMessage: false,
    },
  });
  const shown = board.run();
  try {
    return await work((status) => lines.get(label(status))?.update(status));
  } finally {
    for (const line of lines.values()) line.end();
    await shown;
  }
}

/** One stream's line on a terminal. */
class Line {
  show: (text: string) => void = () => undefined;
  #isOver = false;
  #resolve: () => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;
  readonly ended = new Promise<void>((resolve, reject) => {
    this.#resolve = resolve;
    this.#reject = reject;
  });

  update(status: StreamStatus): void {
    // The list may have been drawn for the last time: drawing on would hide the cursor for good.
    if (this.#isOver) return;
    this.#isOver = hasEnded(status);
    this.show(lineText(status));
    if (status.state === "error") this.#reject(new Error(status.problem?.message ?? "not complete"));
    else if (hasEnded(status)) this.#resolve();
  }

  end(): void {
    this.#isOver = true;
    this.#resolve();
  }
}

async function runPlain<Result>(width: number, work: (report: Report) => Promise<Result>): Promise<Result> {
  const saidAt = new Map<string, number>();
  const say = (sign: string, status: StreamStatus): void => {
    saidAt.set(label(status), Date.now());
    process.stderr.write(`${sign} ${label(status).padEnd(width)}${lineText(status)}\n`);
  };
  const ended = new Set<string>();
  return work((status) => {
    const name = label(status);
    if (ended.has(name)) return;
    if (hasEnded(status)) {
      ended.add(name);
      say(sign(status), status);
    } else if (Date.now() - (saidAt.get(name) ?? saidAt.set(name, Date.now()).get(name) ?? 0) > patience) {
      say(palette(process.stderr).dim("…"), status);
    }
  });
}

function sign({ state }: StreamStatus): string {
  const colours = palette(process.stderr);
  return state === "error"
    ? colours.red("✖")
    : state === "degraded"
      ? colours.yellow("✔")
      : colours.green("✔");
}

function label({ connector, stream }: Row): string {
  return `${connector} · ${stream}`;
}

/** `Syncing -> Connected  first sync  300 records · 3 requests · 0.8 s`. */
function lineText(status: StreamStatus): string {
  const state = stateWord(status.state, process.stderr);
  const syncing = stateWord("syncing", process.stderr);
  const words = hasEnded(status) && status.run !== undefined ? `${syncing} -> ${state}` : state;
  const kind = status.run === undefined ? [] : [kindWord(status.run.kind)];
  return [words, ...kind, runText(status), troubleText(status)].filter((part) => part !== "").join("  ");
}

/** What is missing, or, for a stream that is tried again, what was. */
function troubleText({ state, problem }: StreamStatus): string {
  const what = problem?.permission ?? problem?.code ?? "";
  if (state === "error") return what;
  return state === "queued" && what !== "" ? `tried again soon: ${what}` : "";
}
