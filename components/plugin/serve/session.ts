import type { Plugin } from "./plugin";
import type { Operation } from "./resource-type";
import type { PlainProperties } from "./values";

const MINUTE = 60_000;

/** One run of the plugin: its configuration, its client and the switch that stops everything under way. */
export class Session<Client> {
  readonly #cancellation = new AbortController();
  #configuration: PlainProperties = {};
  #client: Promise<Client> | undefined;

  constructor(readonly plugin: Plugin<Client>) {}

  configure(configuration: PlainProperties): void {
    this.#configuration = configuration;
    this.#client = undefined;
  }

  /** The client, made at the first call: a preview without changes talks to no service. */
  client(): Promise<Client> {
    this.#client ??= this.plugin
      .connect(this.#configuration, this.#cancellation.signal)
      .catch((cause: unknown) => {
        this.#client = undefined;
        throw cause;
      });
    return this.#client;
  }

  /** Stops what is under way; the engine calls it when the user interrupts an update. */
  cancel(): void {
    this.#cancellation.abort(new CancelledError());
  }

  /** The frame of one operation: `seconds` is the program's custom timeout, 0 for none. */
  operation(urn: string, minutes: number, seconds = 0): Operation {
    const milliseconds = seconds > 0 ? seconds * 1000 : minutes * MINUTE;
    const signal = AbortSignal.any([this.#cancellation.signal, AbortSignal.timeout(milliseconds)]);
    return { urn, name: nameOf(urn), signal, deadline: Date.now() + milliseconds };
  }
}

/** The reason of an operation that the user interrupted. */
class CancelledError extends Error {
  override readonly name = "CancelledError";

  constructor() {
    super("The operation was cancelled; run the command again to finish it.");
  }
}

/** The resource's name in the program, from its URN (`urn:pulumi:stack::project::types::name`). */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** The resource's type, from its URN: the last of the types of its parents and its own. */
export function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}
