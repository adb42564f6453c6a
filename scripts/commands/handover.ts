import type { Command } from "@commander-js/extra-typings";
import type { StackOutputs } from "../../infra/outputs";
import { cloudOf } from "../lib/azure/credential";
import { credentialValue, currentCredential } from "../lib/connection/sign-in";
import { chooseConnectors, type NamedConnector } from "../lib/connectors";
import { UserError } from "../lib/errors";
import { handoverSheet, type Sheet } from "../lib/handover/sheet";
import { sheetsText } from "../lib/handover/text";
import { printResult } from "../lib/output";
import { readOutputs } from "../lib/stack/outputs";
import { findStack } from "../lib/stack/project";
import { isInteractive } from "../lib/terminal";

const examples = `
Examples:
  npm run -s cli -- handover conductorone              fields, boxes, and where the secret is
  npm run -s cli -- handover conductorone --reveal     with the secret itself, on a terminal only
  npm run -s cli -- handover --stack contoso --json    all connectors, without secrets
`;

/** `handover [connector]`: what to type into the vendor's product. */
export function register(program: Command): void {
  program
    .command("handover")
    .description("what to type into the vendor's product, field by field")
    .argument("[connector]", "name or slug of one connector; without it: all")
    .option("--stack <name>", "the stack", "dev")
    .option("--cwd <folder>", "the folder with Pulumi.yaml; default: this project")
    .option("--reveal", "show the secret's value; on a terminal only")
    .option("--json", "print as JSON, without secrets")
    .addHelpText("after", examples)
    .action(async (connector, options) => {
      const { reveal = false, json = false } = options;
      if (reveal) refuseOutsideTerminal(json);
      const outputs = await readOutputs(findStack(options.stack, options.cwd));
      const chosen = chooseConnectors(outputs, connector);
      const sheets: Sheet[] = [];
      for (const subject of chosen) {
        const secret = reveal ? await secretOf(subject, outputs) : undefined;
        sheets.push(handoverSheet(subject, new Date(), secret));
      }
      printResult(sheets, { json, text: sheetsText });
    });
}

/** A secret that is piped lands in a file, a log or a chat. */
function refuseOutsideTerminal(json: boolean): void {
  if (!json && isInteractive()) return;
  throw new UserError("--reveal shows a secret, so it works on a terminal only, and not with --json.", {
    next: "Run it in a terminal, or read the secret from the vault with your own tool.",
  });
}

async function secretOf({ connector }: NamedConnector, outputs: StackOutputs): Promise<string | undefined> {
  const current = currentCredential(connector);
  if (!current || !(current.secretName ?? current.secretOutput)) return undefined;
  return credentialValue(current, outputs, await cloudOf(connector.cloud));
}
