/** Timer triggers: when they fire, what they are told, and what is remembered over restarts. */
import { randomUUID } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { z } from "zod";
import type { HostLog } from "../log";
import type { InvocationRequest } from "../worker/protocol";
import { Schedule } from "./schedule";

/** Node's timers overflow beyond 24.8 days. */
const longestSleep = 24 * 3_600_000;
const statusSchema = z.record(z.string(), z.object({ last: z.string(), next: z.string() }));

/** A timer function. */
export interface TimerFunction {
  readonly functionName: string;
  readonly bindingName: string;
  readonly schedule: string;
  readonly runOnStartup: boolean;
  /** The schedule is remembered over restarts, so that a run that was missed is made up for. */
  readonly useMonitor: boolean;
}

type Invoke = (functionName: string, request: InvocationRequest) => Promise<unknown>;

/** What timers remember: one file an app. */
export class TimerMemory {
  #statuses: z.output<typeof statusSchema>;

  constructor(private readonly file: string) {
    this.#statuses = readStatuses(file);
  }

  get(functionName: string): { readonly last: string; readonly next: string } | undefined {
    return this.#statuses[functionName];
  }

  set(functionName: string, last: Date, next: Date): void {
    this.#statuses = {
      ...this.#statuses,
      [functionName]: { last: last.toISOString(), next: next.toISOString() },
    };
    const temporary = `${this.file}.new`;
    writeFileSync(temporary, JSON.stringify(this.#statuses));
    renameSync(temporary, this.file);
  }
}

function readStatuses(file: string): z.output<typeof statusSchema> {
  try {
    return statusSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    // No memory, or one that a crash cut short: as at the first start.
    return {};
  }
}

/** Fires one timer function until it is stopped. */
export class TimerListener {
  readonly #schedule: Schedule;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  #running: Promise<void> = Promise.resolve();

  /** @throws ScheduleError */
  constructor(
    private readonly timer: TimerFunction,
    private readonly memory: TimerMemory,
    private readonly invoke: Invoke,
    private readonly log: HostLog,
  ) {
    this.#schedule = new Schedule(timer.schedule);
  }

  start(): void {
    const now = new Date();
    const kept = this.timer.useMonitor ? this.memory.get(this.timer.functionName) : undefined;
    const missed = kept !== undefined && Date.parse(kept.next) < now.getTime();
    if (missed || this.timer.runOnStartup) void this.fire(missed);
    else this.#plan();
  }

  /** Fires now, and plans the next time after it. */
  fire(pastDue: boolean): Promise<void> {
    clearTimeout(this.#timer);
    this.#running = this.#fire(pastDue).then(() => this.#plan());
    return this.#running;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #fire(pastDue: boolean): Promise<void> {
    const { functionName } = this.timer;
    const now = new Date();
    const next = this.#schedule.next(now);
    try {
      await this.invoke(functionName, this.#request(pastDue, next));
    } catch (error) {
      this.log.write("error", "host", `The timer function failed: ${textOf(error)}`, { functionName });
    }
    if (next !== undefined && this.timer.useMonitor) this.memory.set(functionName, now, next);
  }

  #plan(): void {
    if (this.#stopped) return;
    const next = this.#schedule.next(new Date());
    if (next !== undefined) this.#sleepUntil(next);
  }

  #sleepUntil(time: Date): void {
    const left = time.getTime() - Date.now();
    this.#timer = setTimeout(
      () => (left > longestSleep ? this.#sleepUntil(time) : void this.fire(false)),
      Math.max(0, Math.min(left, longestSleep)),
    );
  }

  #request(pastDue: boolean, next: Date | undefined): InvocationRequest {
    const kept = this.memory.get(this.timer.functionName);
    const status = {
      Last: kept?.last ?? "0001-01-01T00:00:00Z",
      Next: next?.toISOString() ?? "9999-12-31T00:00:00Z",
      LastUpdated: kept?.last ?? "0001-01-01T00:00:00Z",
    };
    const data = { Schedule: { AdjustForDST: true }, ScheduleStatus: status, IsPastDue: pastDue };
    return {
      invocationId: randomUUID(),
      inputData: [{ name: this.timer.bindingName, data: { json: JSON.stringify(data) } }],
      triggerMetadata: {},
    };
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
