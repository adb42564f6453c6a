import { type Command, InvalidArgumentError } from "@commander-js/extra-typings";
import { parseDuration } from "../lib/duration";
import { UserError } from "../lib/errors";
import { printResult } from "../lib/output";
import { up, upText } from "../lib/up";

const examples = `
Examples:
  npm run -s cli -- up                                  the dev stack, on the local tenant
  npm run -s cli -- up --stack contoso --preview-only   what would change
  npm run -s cli -- up --stack contoso --yes            in a pipeline
  npm run -s cli -- up --refresh                        also puts right what was changed by hand

It is plain "pulumi up" with one thing more: when the last run was killed, it first clears the stale lock, finds what that run
had made without writing it down (by the tag entra-connectors:<stack>/<connector>), takes it into the state, and removes
secrets whose value was lost.
`;

/** `up`: repairs what an interrupted run left, then deploys. */
export function register(program: Command): void {
  program
    .command("up")
    .description("deploy a stack; repairs what an interrupted run left behind first")
    .option("--stack <name>", "the stack", "dev")
    .option("--cwd <folder>", "the folder with Pulumi.yaml; default: this project")
    .option("--yes", "don't ask; needed outside a terminal unless the stack is local")
    .option("--preview-only", "show what would change and repair nothing")
    .option("--skip-preview", "deploy at once; needs --yes unless the stack is local")
    .option("--refresh", "read every resource anew first")
    .option(
      "--policy-pack <folders...>",
      "judge the deployment by these policy packs; default: the project's policies folder",
    )
    .option("--policy-pack-config <files...>", "configuration of the policy packs, one file a pack")
    .option(
      "--settle <duration>",
      "how long a new object may take to show up in lists, after a kill",
      duration,
      30_000,
    )
    .option("--json", "print the result as JSON")
    .addHelpText("after", examples)
    .action(async (options) => {
      if (options.previewOnly && options.skipPreview) {
        throw new UserError("--preview-only and --skip-preview exclude each other.", {
          next: "Give one of them.",
        });
      }
      printResult(await up(options), { json: options.json, text: upText });
    });
}

function duration(text: string): number {
  const milliseconds = parseDuration(text);
  if (milliseconds === undefined) throw new InvalidArgumentError("Use for example 30s or 2m.");
  return milliseconds;
}
