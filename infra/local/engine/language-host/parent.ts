/** A plugin must not outlive its engine: an engine that is killed closes nothing. */

/** Calls `onGone` once when the process that started this one has ended; checks twice a second. */
export function watchParent(onGone: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, 500);
  timer.unref();
}
