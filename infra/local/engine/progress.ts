import type { OnProgress } from "./engine";

/**
 * Tells how long something has been going on: every second on a terminal, where one line is redrawn, and every
 * fifteen seconds elsewhere, where each is a line of a log.
 */
export async function withElapsed<T>(
  what: () => string,
  onProgress: OnProgress,
  work: () => Promise<T>,
): Promise<T> {
  const startedAt = Date.now();
  const say = () => onProgress(`${what()} · ${Math.round((Date.now() - startedAt) / 1000)} s`);
  onProgress(what());
  const timer = setInterval(say, process.stderr.isTTY ? 1_000 : 15_000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
