/** A question that only a person answers. */
import { createInterface } from "node:readline/promises";
import { UserError } from "./errors";
import { isInteractive } from "./terminal";

/**
 * Asks, and goes on only after a yes.
 * @throws UserError when nobody is there to answer, or the answer is no
 */
export async function confirm(question: string, withoutAnswer: string): Promise<void> {
  if (!isInteractive()) throw new UserError(`${question} Nobody is here to answer.`, { next: withoutAnswer });
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await prompt.question(`${question} [y/N] `);
  prompt.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new UserError("Nothing was changed.");
}
