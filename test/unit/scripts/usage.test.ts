import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
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
