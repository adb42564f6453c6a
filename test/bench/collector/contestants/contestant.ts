/** What every contestant does alike: read its task, sign in, count its requests, tell its figures. */
import { subscribe } from "node:diagnostics_channel";
import { writeFileSync } from "node:fs";
import type { Figures, Task } from "../contract";

/** Requests as undici sees them, whichever library sends them. */
export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string | undefined;
}

interface CreateMessage {
  readonly request: { readonly method: string; readonly path: string; readonly body?: unknown };
}
interface HeadersMessage {
  readonly response: { readonly statusCode: number; readonly headers: readonly Buffer[] };
}

/** Of Microsoft Graph, and of the Office 365 Management Activity API. */
const counted = /^\/(graph|manage)\//;

/** Counts of a process, without signing in. */
export class RequestCount {
  readonly sent: SentRequest[] = [];
  requests = 0;
  throttled = 0;

  constructor(keep: boolean) {
    subscribe("undici:request:create", (message) => {
      const { method, path, body } = (message as CreateMessage).request;
      if (!counted.test(path)) return;
      this.requests++;
      if (keep) this.sent.push({ method, path, body: textOf(body) });
    });
    subscribe("undici:request:headers", (message) => {
      if ((message as HeadersMessage).response.statusCode === 429) this.throttled++;
    });
  }
}

function textOf(body: unknown): string | undefined {
  if (typeof body === "string") return body;
  return body instanceof Uint8Array ? Buffer.from(body).toString("utf8") : undefined;
}

/** What the contestant itself knows. */
export type OwnFigures = Omit<Figures, "seconds" | "cpuSeconds" | "peakRss" | Optional> &
  Partial<Pick<Figures, Optional>>;
type Optional = "requests" | "throttled" | "events";

/** Runs the contestant and writes its figures. */
export function contest(
  work: (task: Task) => Promise<OwnFigures>,
  /** Writes down every request, for the raw downloader and for adding up what they cost. */
  options: { readonly keepRequests?: boolean } = {},
): void {
  const task = JSON.parse(process.env.BENCH_TASK ?? "{}") as Task;
  const count = new RequestCount(options.keepRequests ?? false);
  const startedAt = performance.now();
  work(task).then(
    (own) => {
      const seconds = (performance.now() - startedAt) / 1000;
      const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
      const figures: Figures = {
        requests: count.requests,
        throttled: count.throttled,
        events: 0,
        ...own,
        seconds,
        cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
        peakRss: maxRSS / 1024,
      };
      if (options.keepRequests) writeFileSync(task.requestsFile, JSON.stringify(count.sent));
      process.stdout.write(`${JSON.stringify(figures)}\n`, () => process.exit(0));
    },
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      process.exit(1);
    },
  );
}
