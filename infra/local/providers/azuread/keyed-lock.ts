/** Lets one task a key run at a time, in the order they came. */
export class KeyedLock {
  readonly #tails = new Map<string, Promise<unknown>>();

  async run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const previous = this.#tails.get(key) ?? Promise.resolve();
    const current = previous.then(task, task);
    const settled = current.catch(() => undefined);
    this.#tails.set(key, settled);
    await settled;
    if (this.#tails.get(key) === settled) this.#tails.delete(key);
    return current;
  }
}
