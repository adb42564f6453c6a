/** Sends single requests to the Management Activity API, and asks again what may yet succeed. */
import type { Deadline } from "../graph/deadline";
import { GraphError } from "../graph/errors";
import { header, MalformedReplyError, type ReplyHeaders } from "../graph/exchange";
import { type Counters, type GraphLog, pathOf } from "../graph/figures";
import { giveBack } from "../graph/middleware/body-buffers";
import { Patience, type Trouble } from "../graph/patience";
import { retryAfter } from "../graph/retry-after";
import { sendOnce } from "../graph/send-once";
import type { Timing } from "../graph/timing";
import type { TokenSource } from "../graph/token";
import { SubscriptionError } from "./client";
import { errorOf, isCutOff, kindOf, type Refusal, refusalIn } from "./failures";
import type { PublisherGovernor } from "./governor";

/** Throttling comes without a word of when to come back. */
const throttledPause = 5_000;

export interface ActivityCall<Output> {
  readonly method: "GET" | "POST";
  readonly url: string;
  /** In words, for messages: ids of content are long and mean nothing. */
  readonly what: string;
  /** The bytes are the caller's from then on. @throws MalformedReplyError, which is worth another attempt */
  read(bytes: Buffer, headers: ReplyHeaders): Output;
}

export interface ActivityDependencies {
  readonly tokens: TokenSource;
  readonly governor: PublisherGovernor;
  readonly deadline: Deadline;
  readonly timing: Timing;
  readonly counters: Counters;
  readonly log: GraphLog;
  readonly patienceMilliseconds: number;
}

interface Answer {
  readonly status: number;
  readonly headers: ReplyHeaders;
  readonly bytes: Buffer;
}

export class ActivityTransport {
  constructor(private readonly use: ActivityDependencies) {}

  /** @throws SubscriptionError, GraphError, or the reason of the signal */
  async send<Output>(call: ActivityCall<Output>): Promise<Output> {
    const patience = new Patience(this.use);
    const { signal } = this.use.deadline;
    for (;;) {
      const outcome = await this.attempt(call, signal);
      if ("value" in outcome) return outcome.value;
      const wait = patience.next(outcome);
      this.use.counters.retries++;
      this.use.log({
        event: outcome.kind === "throttled" ? "throttled" : "retry",
        path: pathOf(call.url),
        status: outcome.error.details.status,
        requestId: outcome.error.details.requestId,
        message: outcome.error.message,
        waitMilliseconds: wait,
      });
      await this.use.timing.wait(wait, signal);
    }
  }

  private async attempt<Output>(
    call: ActivityCall<Output>,
    signal: AbortSignal,
  ): Promise<{ readonly value: Output } | Trouble> {
    try {
      const answer = await this.ask(call, signal);
      if (answer.status >= 200 && answer.status < 300) {
        return { value: call.read(answer.bytes, answer.headers) };
      }
      return this.troubleOf(call, answer);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof SubscriptionError) throw error;
      if (error instanceof GraphError) {
        if (error.kind !== "service") throw error;
        return { kind: "service", error };
      }
      if (error instanceof MalformedReplyError) {
        return { kind: "malformed", error: unusable(call.what, error) };
      }
      return { kind: "service", error: unreachable(call.what, error) };
    }
  }

  /** Within the budget, with a token; one that is refused is replaced once. */
  private async ask(call: ActivityCall<unknown>, signal: AbortSignal): Promise<Answer> {
    const { governor, tokens } = this.use;
    await governor.concurrency.acquire(signal);
    try {
      const token = await tokens.token(signal);
      const first = await this.once(call, token, signal);
      if (first.status !== 401 || isOfApi(refusalIn(first.bytes.toString("utf8")))) return first;
      const other = await tokens.tokenInsteadOf(token, signal);
      return other === undefined ? first : await this.once(call, other, signal);
    } finally {
      governor.concurrency.release();
    }
  }

  private async once(call: ActivityCall<unknown>, token: string, signal: AbortSignal): Promise<Answer> {
    const { governor, deadline, counters } = this.use;
    await governor.budget.acquire(1, signal, (at) => deadline.check(at));
    deadline.check(deadline.now());
    const startedAt = deadline.now();
    counters.requests++;
    const { status, headers, bytes } = await sendOnce({
      method: call.method,
      url: call.url,
      headers: { authorization: `Bearer ${token}` },
      signal,
    });
    counters.bytes += bytes.length;
    deadline.took(deadline.now() - startedAt);
    if (status < 400) governor.concurrency.grow();
    return { status, headers, bytes };
  }

  /** @throws SubscriptionError or GraphError when no further attempt helps */
  private troubleOf(call: ActivityCall<unknown>, { status, headers, bytes }: Answer): Trouble {
    const { timing, counters, governor } = this.use;
    const text = takeText(bytes);
    const refusal = refusalIn(text);
    const kind = kindOf(status, refusal);
    if (kind === "subscription") throw new SubscriptionError(refusal.message);
    const error = errorOf(kind, call.what, status, refusal, headers);
    const now = timing.now();
    const wait = retryAfter(header(headers, "retry-after"), now, header(headers, "date"));
    if (kind === "service") return { kind, error, wait };
    if (isCutOff(text)) return { kind: "malformed", error };
    if (kind !== "throttled") throw error;
    counters.throttled++;
    governor.throttled(now + (wait ?? throttledPause));
    return { kind, error, wait: wait ?? throttledPause };
  }
}

/** The text of a reply; its bytes are given back. */
export function takeText(bytes: Buffer): string {
  const text = bytes.toString("utf8");
  giveBack(bytes);
  return text;
}

/** The API's own refusals come with 401, too; another token mends none of them. */
const isOfApi = ({ code }: Refusal): boolean => code.startsWith("AF");

const unusable = (what: string, error: MalformedReplyError): GraphError =>
  new GraphError(
    "malformed",
    `The Office 365 Management Activity API's reply to ${what} can't be used: ${error.message}.`,
    { cause: error },
  );

const unreachable = (what: string, error: unknown): GraphError =>
  new GraphError(
    "service",
    `The connection to the Office 365 Management Activity API failed at ${what}. Check the network and the service's health.`,
    { cause: error },
  );
