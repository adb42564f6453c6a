import { Command } from "@commander-js/extra-typings";
import { type CommandEntry, commands } from "../commands";
import { reportError } from "./report-error";

const examples = `
Examples:
  npm start                                              deploy the dev stack to the local tenant
  npm run -s cli -- test-connection                      sign in as every connector and try each capability
  npm run -s cli -- handover conductorone                what to type into the product, field by field
  npm run -s cli -- <command> --help                     options and examples of one command

Every command takes --json. Exit codes: 0 done, 1 failed or bad input; a command that knows more says so in its --help.
`;

/**
 * Runs one command line and answers its exit code. Only the module of the command asked for is loaded: the others are
 * listed by name and summary, so that `--help` and every command start fast.
 */
export async function runCli(argv: readonly string[]): Promise<number> {
  const program = newProgram();
  const wanted = wantedCommand(argv);
  try {
    for (const entry of commands) await declare(program, entry, entry.name === wanted);
    await program.parseAsync([...argv], { from: "user" });
    return typeof process.exitCode === "number" ? process.exitCode : 0;
  } catch (error) {
    if (isCommanderExit(error)) return usageExit(error, argv);
    return reportError(error, { debug: argv.includes("--debug"), json: argv.includes("--json") });
  }
}

function newProgram(): Command {
  const program = new Command("entra-connectors")
    .description(
      "Connects products to Microsoft Entra ID tenants with exactly the permissions that were reviewed.",
    )
    .option("--debug", "show the stack trace of a failure")
    .addHelpText("after", examples)
    .showHelpAfterError("(--help shows what there is)")
    .configureHelp({ showGlobalOptions: true })
    .exitOverride();
  return program as unknown as Command;
}

/** The first word that is not an option; `help x` asks for x. */
function wantedCommand(argv: readonly string[]): string | undefined {
  const words = argv.filter((word) => !word.startsWith("-"));
  return words[0] === "help" ? words[1] : words[0];
}

async function declare(program: Command, entry: CommandEntry, wanted: boolean): Promise<void> {
  if (wanted) (await entry.load()).register(program);
  else program.command(entry.name).description(entry.summary).allowUnknownOption();
}

/** Commander has said what is wrong with the command line; a program that asked for JSON gets it as JSON too. */
function usageExit(error: CommanderExit, argv: readonly string[]): number {
  if (error.exitCode !== 0 && argv.includes("--json")) {
    const [message, ...more] = error.message.replace(/^error: /, "").split("\n");
    const next = [...more, "--help shows what there is."].join(" ");
    process.stdout.write(`${JSON.stringify({ error: { message, next } }, null, 2)}\n`);
  }
  return error.exitCode;
}

type CommanderExit = Error & { readonly exitCode: number };

function isCommanderExit(error: unknown): error is CommanderExit {
  return error instanceof Error && "code" in error && String(error.code).startsWith("commander.");
}
