/** How long a test may take, and how it says that it waits. */
export interface Patience {
  /** When to give up, milliseconds since 1970. */
  readonly deadline: number;
  /** Milliseconds between two looks. */
  readonly interval: number;
  /** Shows what is being waited for. */
  readonly progress: (line: string) => void;
}

/**
 * Looks again and again until `done` says so, the wait is pointless or the time is up; answers the last look.
 * @param look one look
 * @param more undefined when the look is good or waiting can't help, else what is being waited for
 */
export async function lookUntil<T>(
  look: () => Promise<T>,
  more: (seen: T) => Promise<string | undefined>,
  patience: Patience,
): Promise<T> {
  for (;;) {
    const seen = await look();
    const reason = await more(seen);
    if (reason === undefined || Date.now() + patience.interval > patience.deadline) return seen;
    const left = Math.ceil((patience.deadline - Date.now()) / 1000);
    patience.progress(`${reason} (${left} s left)`);
    await new Promise((resolve) => setTimeout(resolve, patience.interval));
  }
}
