/** The stored state is damaged in a way that a crash can't explain, so it is not guessed at. */
export class StoreCorruptError extends Error {
  override readonly name = "StoreCorruptError";

  constructor(file: string, line: number) {
    super(
      `The local tenant's state is damaged at line ${line} of ${file}. ` +
        "Run `tenant reset` to start with an empty tenant, or restore the file.",
    );
  }
}
