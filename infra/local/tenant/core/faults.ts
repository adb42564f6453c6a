import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Collection, Fault, SpoiledReply, Store } from "./types";

const expression = z.string().refine(isExpression, { error: "is not a regular expression" });

/** The ways of spoiling a reply. */
export const spoiledReplies = [
  "reset",
  "truncated",
  "malformed",
  "error-in-200",
  "empty-page",
  "short-page",
  "duplicate-page",
  "swapped-pages",
  "looping-link",
] as const satisfies readonly SpoiledReply[];

/** What a client of the admin endpoint may ask for: a fault without its id. */
export const faultRequestSchema = z
  .strictObject({
    service: z.string().min(1),
    method: z.string().min(1).toUpperCase().optional(),
    path: expression.optional(),
    query: expression.optional(),
    skip: z.int().min(0).optional(),
    reply: z.enum(spoiledReplies).optional(),
    status: z.int().min(400).max(599).optional(),
    retryAfter: z.string().optional(),
    retryAfterDate: z.int().min(0).max(86_400).optional(),
    code: z.string().optional(),
    message: z.string().optional(),
    remaining: z.int().positive().optional(),
    drop: z.boolean().optional(),
    delay: z.int().min(0).max(600_000).optional(),
  })
  .refine(
    ({ status, drop, delay, reply }) =>
      status !== undefined || drop === true || delay !== undefined || reply !== undefined,
    { error: "needs a status, drop, delay or reply" },
  );

/** A fault as it is asked for. */
export type FaultRequest = z.output<typeof faultRequestSchema>;

/** The name by which a fault chooses steps of `$batch` requests. */
export const batchItems = "graph-batch-item";

/** The part of a request by which faults are chosen. */
export interface FaultTarget {
  readonly service: string;
  readonly method: string;
  readonly path: string;
  /** As it was written, with its question mark; empty for none. */
  readonly query: string;
}

/** The faults that are switched on, kept in the store. */
export class Faults {
  readonly #faults: Collection<Fault>;

  constructor(store: Store) {
    this.#faults = store.collection<Fault>("faults");
  }

  list(): readonly Fault[] {
    return [...this.#faults.values()];
  }

  add(request: FaultRequest): Fault {
    const given = Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
    return this.#faults.put({ ...(given as FaultRequest), id: randomUUID() } as Fault);
  }

  /** Switches one fault off, or all; answers how many there were. */
  clear(id?: string): number {
    if (id !== undefined) return this.#faults.delete(id) ? 1 : 0;
    const faults = this.list();
    for (const fault of faults) this.#faults.delete(fault.id);
    return faults.length;
  }

  /** The first fault for a request, counted down by one. One that is to be skipped lets the request pass. */
  take(target: FaultTarget): Fault | undefined {
    if (this.#faults.size === 0) return undefined;
    const fault = this.list().find((candidate) => matches(candidate, target));
    if (fault?.skip !== undefined && fault.skip > 0) {
      this.#faults.put({ ...fault, skip: fault.skip - 1 });
      return undefined;
    }
    if (fault?.remaining !== undefined) {
      if (fault.remaining <= 1) this.#faults.delete(fault.id);
      else this.#faults.put({ ...fault, remaining: fault.remaining - 1 });
    }
    return fault;
  }
}

function matches(fault: Fault, target: FaultTarget): boolean {
  // The steps of a batch are no requests of their own: only a fault for them reaches them.
  const all = fault.service === "*" && target.service !== batchItems;
  if (!all && fault.service !== target.service) return false;
  if (fault.method !== undefined && fault.method !== target.method) return false;
  if (fault.query !== undefined && !new RegExp(fault.query, "i").test(decoded(target.query))) return false;
  return fault.path === undefined || new RegExp(fault.path, "i").test(target.path);
}

function decoded(query: string): string {
  try {
    return decodeURIComponent(query);
  } catch {
    return query;
  }
}

function isExpression(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
