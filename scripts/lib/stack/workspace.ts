/** The stack as the engine sees it: through the Automation API, with the engine found on PATH. */
import { LocalWorkspace, PulumiCommand, type Stack } from "@pulumi/pulumi/automation";
import { engineNotFound } from "./engine";
import { enterEnvironment } from "./environment";
import type { StackReference } from "./project";
import { removeTornSidecars } from "./torn-files";

/**
 * Enters the stack's environment and opens the stack; makes it in the backend when it is new.
 * @param plugins of a stack of the local tenant; a real stack always uses the official ones
 * @throws UserError when there is no engine
 */
export async function openStack(
  reference: StackReference,
  plugins: "local" | "official" = "local",
): Promise<Stack> {
  await enterEnvironment(reference, plugins);
  removeTornSidecars(process.env.PULUMI_BACKEND_URL, reference.name);
  const pulumiCommand = await findEngine();
  const args = { stackName: reference.name, workDir: reference.directory };
  return LocalWorkspace.createOrSelectStack(args, { pulumiCommand, envVars: definedVariables() });
}

async function findEngine(): Promise<PulumiCommand> {
  try {
    return await PulumiCommand.get({ skipVersionCheck: true });
  } catch (error) {
    throw engineNotFound(error);
  }
}

function definedVariables(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(entries);
}
