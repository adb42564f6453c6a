/** One thing that is wrong in the settings. */
export interface Problem {
  /** Where, for example `connectors[1].access`. */
  readonly path: string;
  /** What is wrong. */
  readonly message: string;
  /** What to do about it. */
  readonly advice?: string;
}

/** Bad settings: all problems at once, as text for a person. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
  constructor(
    readonly stack_: string,
    readonly problems: readonly Problem[],
  ) {
    super(problems.map((p) => `${p.path} ${p.message}`).join("\n"));
  }
}
