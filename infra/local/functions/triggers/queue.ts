/** Storage queue triggers: takes messages, keeps them hidden while functions work on them, and puts away what fails. */
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { QueueClient, ReceivedMessageItem } from "@azure/storage-queue";
import type { Attendant } from "../instances/pool";
import type { HostLog } from "../log";
import type { QueueSettings } from "../package/host-json";
import type { InvocationRequest } from "../worker/protocol";
import { MessageHold } from "./message-hold";

const shortestPause = 100;
/** An app that sleeps is woken by the platform's scale controller; this host has none, so its listeners sleep lightly. */
const longestPause = 5_000;

/** A queue function. */
export interface QueueFunction {
  readonly functionName: string;
  readonly bindingName: string;
  readonly queue: QueueClient;
  /** Where messages go that failed too often: `<queue>-poison`. */
  readonly poison: QueueClient;
}

export interface QueueListenerOptions {
  readonly settings: QueueSettings;
  /** Seconds for which a message is hidden at a time. */
  readonly leaseSeconds: number;
  readonly log: HostLog;
  /** Whether calls can be made. */
  readonly isReady: () => boolean;
  readonly invoke: (functionName: string, request: InvocationRequest) => Promise<unknown>;
}

/** One function's listener of one instance. */
export class QueueListener implements Attendant {
  readonly #stopping = new AbortController();
  readonly #running = new Set<Promise<void>>();
  readonly #life: Promise<void>;
  #wake: AbortController = new AbortController();
  #pause = shortestPause;
  /** Why the queue could not be read the last time. */
  #trouble = "";

  constructor(
    private readonly target: QueueFunction,
    private readonly options: QueueListenerOptions,
  ) {
    this.#life = this.#listen();
  }

  nudge(): void {
    this.#pause = shortestPause;
    this.#wake.abort();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wake.abort();
    await this.#life;
    await Promise.all(this.#running);
  }

  async #listen(): Promise<void> {
    const { batchSize, newBatchThreshold } = this.options.settings;
    while (!this.#stopping.signal.aborted) {
      if (this.#running.size > newBatchThreshold) {
        await this.#sleep(longestPause);
        continue;
      }
      const messages = await this.#receive(batchSize);
      if (messages.length === 0) await this.#rest();
      else this.#pause = shortestPause;
      for (const message of messages) this.#begin(message);
    }
  }

  async #receive(numberOfMessages: number): Promise<readonly ReceivedMessageItem[]> {
    try {
      if (!this.options.isReady()) return [];
      const { receivedMessageItems } = await this.target.queue.receiveMessages({
        numberOfMessages,
        visibilityTimeout: this.options.leaseSeconds,
      });
      this.#trouble = "";
      return receivedMessageItems;
    } catch (error) {
      // A queue that is not there yet is empty, as on the platform; anything else is told once and tried again.
      const trouble = statusOf(error) === 404 ? "" : textOf(error);
      if (trouble !== "" && trouble !== this.#trouble)
        this.#warn(`The queue ${this.target.queue.name} can't be read: ${trouble}`);
      this.#trouble = trouble;
      return [];
    }
  }

  #begin(message: ReceivedMessageItem): void {
    const run = this.#process(message)
      .catch((error: unknown) =>
        this.#warn(`The message ${message.messageId} is left to its lease: ${textOf(error)}`),
      )
      .finally(() => {
        this.#running.delete(run);
        this.#wake.abort();
      });
    this.#running.add(run);
  }

  async #process(message: ReceivedMessageItem): Promise<void> {
    const { functionName } = this.target;
    const invocationId = randomUUID();
    const context = { functionName, invocationId };
    const hold = new MessageHold(this.target.queue, message, this.options.leaseSeconds, (text) =>
      this.#warn(text),
    );
    try {
      await this.options.invoke(functionName, this.#request(message, invocationId));
    } catch (error) {
      this.options.log.write("error", "host", `Failed: ${textOf(error)}`, context);
      await hold.stop();
      await this.#putAway(message, hold);
      return;
    }
    await hold.stop();
    await hold.delete();
    this.options.log.write("information", "host", "Succeeded.", context);
  }

  /** A message that failed: shown again, or, after the last try, moved to the poison queue. */
  async #putAway(message: ReceivedMessageItem, hold: MessageHold): Promise<void> {
    const { maxDequeueCount, visibilityTimeout } = this.options.settings;
    if (message.dequeueCount < maxDequeueCount) {
      await hold.show(Math.round(visibilityTimeout / 1000));
      return;
    }
    const { poison } = this.target;
    await poison.createIfNotExists();
    await poison.sendMessage(message.messageText, { messageTimeToLive: -1 });
    await hold.delete();
    this.#warn(
      `Message ${message.messageId} failed ${message.dequeueCount} times and is now in ${poison.name}.`,
    );
  }

  #request(message: ReceivedMessageItem, invocationId: string): InvocationRequest {
    const text =
      this.options.settings.messageEncoding === "base64"
        ? Buffer.from(message.messageText, "base64").toString("utf8")
        : message.messageText;
    const time = (date: Date): { json: string } => ({ json: JSON.stringify(date.toISOString()) });
    return {
      invocationId,
      inputData: [{ name: this.target.bindingName, data: { string: text } }],
      triggerMetadata: {
        QueueTrigger: { string: text },
        Id: { string: message.messageId },
        DequeueCount: { int: message.dequeueCount },
        PopReceipt: { string: message.popReceipt },
        InsertionTime: time(message.insertedOn),
        ExpirationTime: time(message.expiresOn),
        NextVisibleTime: time(message.nextVisibleOn),
      },
    };
  }

  async #rest(): Promise<void> {
    await this.#sleep(this.#pause);
    this.#pause = Math.min(this.#pause * 2, longestPause, this.options.settings.maxPollingInterval);
  }

  async #sleep(milliseconds: number): Promise<void> {
    if (!this.#stopping.signal.aborted)
      await wait(milliseconds, undefined, { signal: this.#wake.signal }).catch(() => undefined);
    // Who was woken, also before the sleep began, sleeps no more; the next sleep can be ended anew.
    if (this.#wake.signal.aborted) this.#wake = new AbortController();
  }

  #warn(message: string): void {
    this.options.log.write("warning", "host", message, { functionName: this.target.functionName });
  }
}

function statusOf(error: unknown): unknown {
  return error instanceof Error && "statusCode" in error ? error.statusCode : undefined;
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.message.split("\n")[0] ?? error.message) : String(error);
}
