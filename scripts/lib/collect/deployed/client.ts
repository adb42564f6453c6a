/** The HTTP functions of a deployed collector. */
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import {
  type StreamStatus,
  streamStatusSchema,
} from "../../../../components/collector/function/model/status";
import { UserError } from "../../errors";
import { type Purged, purgedSchema } from "../purge";

const stateSchema = z.object({
  stack: z.string(),
  mode: z.enum(["collect", "provision"]),
  streams: z.array(streamStatusSchema),
});
const enqueuedSchema = z.object({
  enqueued: z.array(z.object({ connector: z.string(), stream: z.string() })),
});
const purgesSchema = z.object({ purged: z.array(purgedSchema) });

/** Which connectors (slugs) and streams are meant; absent: all. */
export interface Selection {
  readonly connectors?: readonly string[];
  readonly streams?: readonly string[];
}

/** An app that was deployed a moment ago, or sleeps, answers these while it starts. */
const startingStatuses: ReadonlySet<number> = new Set([404, 502, 503, 504]);
const startPause = 1_000;

export class CollectorClient {
  constructor(
    readonly name: string,
    private readonly url: string,
    private readonly key: string,
    /** Milliseconds that the app is given to start. */
    private readonly startPatience = 90_000,
  ) {}

  /** Puts streams into the work queue. */
  async sync(
    selection: Selection,
    resync: boolean,
  ): Promise<readonly { connector: string; stream: string }[]> {
    const body = { ...selection, ...(resync ? { resync } : {}) };
    return (await this.#call("POST", "/api/sync", enqueuedSchema, body)).enqueued;
  }

  /** How every stream stands. */
  async statuses(): Promise<readonly StreamStatus[]> {
    return (await this.#call("GET", "/api/sync", stateSchema)).streams;
  }

  /** Deletes data, checkpoints and status. */
  async purge(selection: Selection): Promise<readonly Purged[]> {
    return (await this.#call("POST", "/api/purge", purgesSchema, selection)).purged;
  }

  async #call<Output>(
    method: string,
    path: string,
    schema: z.ZodType<Output>,
    body?: object,
  ): Promise<Output> {
    const response = await this.#send(method, path, body);
    if (!response.ok) throw await this.#refusal(response);
    const parsed = schema.safeParse(await response.json());
    if (parsed.success) return parsed.data;
    throw new UserError(`The function app ${this.name} answers what this version does not understand.`, {
      next: "Deploy the stack again, so that both are of one version: npm run -s cli -- up",
      cause: parsed.error,
    });
  }

  /** Waits while the app starts. */
  async #send(method: string, path: string, body: object | undefined): Promise<Response> {
    const deadline = Date.now() + this.startPatience;
    const headers = { "x-functions-key": this.key, "content-type": "application/json" };
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    for (;;) {
      const isLate = Date.now() > deadline;
      try {
        const response = await fetch(`${this.url}${path}`, { ...init, signal: AbortSignal.timeout(60_000) });
        if (!startingStatuses.has(response.status) || isLate) return response;
        await response.body?.cancel();
      } catch (cause) {
        if (isLate) {
          throw new UserError(`The function app ${this.name} does not answer at ${this.url}.`, {
            next: "See whether it runs, and whether this machine reaches it; with private endpoints only machines of its network do.",
            cause,
          });
        }
      }
      await wait(startPause);
    }
  }

  async #refusal(response: Response): Promise<UserError> {
    const text = (await response.text()).slice(0, 300);
    if (response.status === 401) {
      return new UserError(`The function app ${this.name} does not take its own key.`, {
        next: "Its keys may have been renewed a moment ago: try again.",
      });
    }
    return new UserError(`The function app ${this.name} answers ${response.status}. ${text}`.trim(), {
      next: "Its log says more: Azure portal > the function app > Log stream, or the workspace's AppTraces.",
    });
  }
}
