/** Ctrl-C while something runs that can be stopped without loss. */

/** A terminal and the programs between it and this one may each pass the same Ctrl-C on; a person needs longer for two. */
const oneStroke = 500;

/** How many things that mind Ctrl-C run right now. */
let minding = 0;

/** True while something runs that ends by itself after Ctrl-C. */
export function isInterruptMinded(): boolean {
  return minding > 0;
}

/**
 * Runs `work` with a signal that aborts at the first Ctrl-C (or SIGTERM); a second one ends the process at once.
 * @param notice what to say at the first
 */
export async function interruptible<Result>(
  notice: string,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  let abortedAt = 0;
  const interrupt = (): void => {
    if (!controller.signal.aborted) {
      abortedAt = Date.now();
      process.stderr.write(`\n${notice}\n`);
      controller.abort();
    } else if (Date.now() - abortedAt > oneStroke) process.exit(130);
  };
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const signal of signals) process.on(signal, interrupt);
  minding += 1;
  try {
    return await work(controller.signal);
  } finally {
    minding -= 1;
    for (const signal of signals) process.off(signal, interrupt);
  }
}
