import { Command } from "commander";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { commands } from "../../../scripts/commands";
import { runCli } from "../../../scripts/lib/program";

/** A command line that is wrong, as a person and as a program meets it. */
describe("a wrong command line", () => {
  let stdout = "";
  beforeEach(() => {
    stdout = "";
    vi.spyOn(process.stdout, "write").mockImplementation((text) => {
      stdout += String(text);
      return true;
    });
    vi.spyOn(process.stderr, "write").mockReturnValue(true);
  });
  afterEach(() => vi.restoreAllMocks());

  it.each([
    [["up", "--stak", "dev"], "unknown option '--stak'", "(Did you mean --stack?)"],
    [["rotat"], "unknown command 'rotat'", "(Did you mean rotate?)"],
    [["rotate"], "missing required argument 'connector'", ""],
    [["test-connection", "--timeout", "soon"], "argument 'soon' is invalid", "--help"],
    [["rotate", "x", "--credential", "password"], "Allowed choices are clientSecret, certificate", "--help"],
  ])("%j ends with 1, and with --json says why in JSON", async (argv, message, next) => {
    expect(await runCli(argv)).toBe(1);
    expect(stdout).toBe("");
    expect(await runCli([...argv, "--json"])).toBe(1);
    const { error } = JSON.parse(stdout);
    expect(error.message).toContain(message);
    expect(error.next).toContain(next);
  });

  it("is not what --help is", async () => {
    expect(await runCli(["rotate", "--help", "--json"])).toBe(0);
    expect(stdout).toMatch(/^Usage: /);
  });
});

/** A command with those that it is a part of, outermost first. */
function leaves(command: Command, above: readonly Command[] = []): readonly (readonly Command[])[] {
  const path = [...above, command];
  const below = command.commands.flatMap((one) => leaves(one, path));
  return command.commands.length === 0 ? [path] : below;
}

function helpOf(command: Command): string {
  let help = "";
  command.configureOutput({
    writeOut: (text) => {
      help += text;
    },
  });
  command.outputHelp();
  return help;
}

describe("every command", async () => {
  const program = new Command("test");
  for (const { load } of commands) (await load()).register(program as never);
  const all = leaves(program).map((path) => path.slice(1));
  const named = all.map((path) => ({ path, name: path.map((one) => one.name()).join(" ") }));

  it.each(named)("$name says what it does, shows an example, and takes --json", ({ path }) => {
    const command = path.at(-1);
    expect(command?.description()).toMatch(/^[a-z\d].{10,}[^.]$/);
    expect(command?.options.map(({ long }) => long)).toContain("--json");
    expect(path.map(helpOf).join("\n")).toMatch(/^Examples:$/m);
  });

  it("has the name by which it is loaded", () => {
    expect(program.commands.map((one) => one.name())).toEqual(commands.map(({ name }) => name));
  });
});
