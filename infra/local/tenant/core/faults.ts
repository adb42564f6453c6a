import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Collection, Fault, Store } from "./types";

const expression = z.string().refine(isExpression, { error: "is not a regular expression" });

/** What a client of the admin endpoint may ask for: a fault without its id. */
export const faultRequestSchema = z
  .strictObject({
    service: z.string().min(1),
    method: z.string().min(1).toUpperCase().optional(),
    path: expression.optional(),
    status: z.int().min(400).max(599).optional(),
    retryAfter: z.string().optional(),
    code: z.string().optional(),
    message: z.string().optional(),
    remaining: z.int().positive().optional(),
    drop: z.boolean().optional(),
    delay: z.int().min(0).max(600_000).optional(),
  })
  .refine((fault) => fault.status !== undefined || fault.drop === true || fault.delay !== undefined, {
    error: "needs a status, drop or delay",
  });

/** A fault as it is asked for. */
export type FaultRequest = z.output<typeof faultRequestSchema>;

/** The part of a request by which faults are chosen. */
export interface FaultTarget {
  readonly service: string;
  readonly method: string;
  readonly path: string;
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

  /** The first fault for a request, counted down by one. */
  take(target: FaultTarget): Fault | undefined {
    if (this.#faults.size === 0) return undefined;
    const fault = this.list().find((candidate) => matches(candidate, target));
    if (fault?.remaining !== undefined) {
      if (fault.remaining <= 1) this.#faults.delete(fault.id);
      else this.#faults.put({ ...fault, remaining: fault.remaining - 1 });
    }
    return fault;
  }
}

function matches(fault: Fault, target: FaultTarget): boolean {
  if (fault.service !== "*" && fault.service !== target.service) return false;
  if (fault.method !== undefined && fault.method !== target.method) return false;
  return fault.path === undefined || new RegExp(fault.path, "i").test(target.path);
}

function isExpression(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
