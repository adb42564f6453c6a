import { z } from "zod";
import type { Store } from "./types";

/** What a bench or a test can switch: how far away the services seem, and whether their budgets hold. */
export interface Conditions {
  /** Microsoft's request budgets. */
  readonly throttling: boolean;
  /** Milliseconds that every reply takes longer, whatever the service; the admin endpoint and managed identity excepted. */
  readonly latency: number;
}

/** Longer than any way around the world. */
const longest = 60_000;

export const conditionsSchema = z.strictObject({
  throttling: z.boolean().optional(),
  latency: z.int().min(0).max(longest).optional(),
});

const entry = "conditions";
const usual: Conditions = { throttling: true, latency: 0 };

/** The tenant's conditions, kept in the store: what was switched stays over a restart. */
export class ServiceConditions {
  readonly #stored;

  constructor(store: Store) {
    this.#stored = store.collection<{ id: string; conditions: Conditions }>("conditions");
  }

  get current(): Conditions {
    return this.#stored.get(entry)?.conditions ?? usual;
  }

  /** Changes what is given; the rest stays. */
  set(given: { readonly [Name in keyof Conditions]?: Conditions[Name] | undefined }): Conditions {
    const conditions = {
      throttling: given.throttling ?? this.current.throttling,
      latency: given.latency ?? this.current.latency,
    };
    return this.#stored.put({ id: entry, conditions }).conditions;
  }
}
