/** What a stack's last deployment made. */
import { parseOutputs, type StackOutputs } from "../../../infra/outputs";
import { UserError } from "../errors";
import { runEngine } from "./engine";
import { enterEnvironment } from "./environment";
import type { StackReference } from "./project";

/**
 * Enters the stack's environment and reads its outputs.
 * @throws UserError when nothing has been deployed, or when there is no engine
 */
export async function readOutputs(reference: StackReference): Promise<StackOutputs> {
  await enterEnvironment(reference);
  return outputsOf(reference);
}

/**
 * The outputs of a stack whose environment has been entered, secret ones in the clear.
 * @throws UserError as `readOutputs`
 */
export async function outputsOf(reference: StackReference): Promise<StackOutputs> {
  const outputs: unknown = JSON.parse(await outputsText(reference));
  if (typeof outputs !== "object" || outputs === null || Object.keys(outputs).length === 0) {
    throw new UserError(`The stack ${reference.name} has no outputs: its last deployment did not finish.`, {
      next: deployIt(reference),
    });
  }
  return parseOutputs(outputs);
}

async function outputsText(reference: StackReference): Promise<string> {
  try {
    return await runEngine(reference, ["stack", "output", "--json", "--show-secrets"]);
  } catch (error) {
    if (!(error instanceof UserError) || !/no stack named/.test(String(error.cause))) throw error;
    throw new UserError(`The stack ${reference.name} has not been deployed yet.`, {
      next: deployIt(reference),
      cause: error,
    });
  }
}

function deployIt({ name }: StackReference): string {
  return name === "dev" ? "Deploy it: npm start" : `Deploy it: npm run -s cli -- up --stack ${name}`;
}
