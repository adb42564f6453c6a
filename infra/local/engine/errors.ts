/** Something about the engine that the person at the keyboard can put right. */
export class EngineError extends Error {
  override readonly name = "EngineError";

  /**
   * @param message what is wrong, one sentence
   * @param next what to do about it
   * @param log path of a full log, when one was written
   */
  constructor(
    message: string,
    readonly next: string,
    readonly log?: string,
  ) {
    super(message);
  }
}
