/** The stack as the engine sees it: through the Automation API, with the engine found on PATH. */
import { LocalWorkspace, PulumiCommand, type Stack } from "@pulumi/pulumi/automation";
import { parseOutputs, type StackOutputs } from "../../../infra/outputs";
import { UserError } from "../errors";
import { enterEnvironment } from "./environment";
import type { StackReference } from "./project";
import { removeTornSidecars } from "./torn-files";

/**
 * Enters the stack's environment and opens the stack.
 * @param options.create makes the stack in the backend when it is new
 * @param options.plugins of a stack of the local tenant; a real stack always uses the official ones
 * @throws UserError when there is no engine, or no such stack in the backend
 */
export async function openStack(
  reference: StackReference,
  options: { readonly create?: boolean; readonly plugins?: "local" | "official" } = {},
): Promise<Stack> {
  await enterEnvironment(reference, options.plugins);
  if (options.create) removeTornSidecars(process.env.PULUMI_BACKEND_URL, reference.name);
  const pulumiCommand = await findEngine();
  const args = { stackName: reference.name, workDir: reference.directory };
  const variables = { pulumiCommand, envVars: definedVariables() };
  try {
    return options.create
      ? await LocalWorkspace.createOrSelectStack(args, variables)
      : await LocalWorkspace.selectStack(args, variables);
  } catch (error) {
    if (!/no stack named/.test(String(error))) throw error;
    throw new UserError(`The stack ${reference.name} has not been deployed yet.`, {
      next:
        reference.name === "dev"
          ? "Deploy it: npm start"
          : `Deploy it: npm run -s cli -- up --stack ${reference.name}`,
      cause: error,
    });
  }
}

/**
 * What the stack's last `up` made, parsed.
 * @throws UserError when nothing has been deployed
 */
export async function readOutputs(reference: StackReference, opened?: Stack): Promise<StackOutputs> {
  const stack = opened ?? (await openStack(reference));
  const outputs = await stack.outputs();
  if (Object.keys(outputs).length === 0) {
    throw new UserError(`The stack ${reference.name} has no outputs: its last deployment did not finish.`, {
      next: `Deploy it: npm run -s cli -- up --stack ${reference.name}`,
    });
  }
  return parseOutputs(
    Object.fromEntries(Object.entries(outputs).map(([key, output]) => [key, output.value])),
  );
}

async function findEngine(): Promise<PulumiCommand> {
  try {
    return await PulumiCommand.get({ skipVersionCheck: true });
  } catch (error) {
    throw new UserError("The Pulumi engine was not found.", {
      next: "Install it and put `pulumi` on PATH (https://www.pulumi.com/docs/install), or run npm start once: it gets one for you.",
      cause: error,
    });
  }
}

function definedVariables(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(entries);
}
