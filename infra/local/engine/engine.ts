/** A Pulumi engine that can run this project's programs. */
export interface Engine {
  /** For example `3.259.0`. */
  readonly version: string;
  /** Absolute path of the `pulumi` executable. */
  readonly binary: string;
  /** Folder of the executable; the language host lies beside it. */
  readonly directory: string;
  /** Found on PATH, had from the official installer, or built from the official Go modules. */
  readonly source: "path" | "download" | "go";
}

/** Called with a short line about what goes on right now; a later line replaces the one before. */
export type OnProgress = (line: string) => void;
