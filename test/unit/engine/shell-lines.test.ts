import { execFileSync } from "node:child_process";
import { delimiter } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shellLines } from "../../../scripts/lib/shell-lines";

/** What a real shell makes of the lines for one variable. */
function evaluated(value: string): string {
  const script = `${shellLines({ VALUE: value }, "sh")}\nprintf %s "$VALUE"`;
  return execFileSync("/bin/sh", ["-c", script], { encoding: "utf8", env: { PATH: "/usr/bin:/bin" } });
}

describe("shellLines", () => {
  it("survives a real shell, whatever is in the value", () => {
    const texts = fc.string({ unit: fc.constantFrom(..."ab '\"\\$`!;&|<>(){}*?~#\n\t") });
    fc.assert(
      fc.property(texts, (value) => {
        expect(evaluated(value)).toBe(value);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ["fish", String.raw`set -gx VALUE 'it\'s a \\'`],
    ["powershell", String.raw`$env:VALUE = 'it''s a \'`],
  ] as const)("quotes for %s", (shell, line) => {
    expect(shellLines({ VALUE: "it's a \\" }, shell)).toBe(line);
  });

  it("puts the engine before the PATH of the shell, not before that of the command", () => {
    const environment = { PATH: ["/engine's", "/project/node_modules/.bin", "/usr/bin"].join(delimiter) };
    expect(shellLines(environment, "sh")).toBe(`export PATH='/engine'\\''s'":$PATH"`);
    expect(shellLines(environment, "fish")).toBe("set -gx PATH '/engine\\'s' $PATH");
    expect(shellLines(environment, "powershell")).toBe(
      `$env:PATH = '/engine''s' + '${delimiter}' + $env:PATH`,
    );
  });
});
