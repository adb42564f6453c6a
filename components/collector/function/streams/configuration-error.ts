/** The settings of a connector ask for something that the tenant does not have. Nothing of the stream is collected. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";

  constructor(
    /** What is wrong, one sentence. */
    message: string,
    /** What to do next, one sentence. */
    readonly next: string,
  ) {
    super(message);
  }
}
