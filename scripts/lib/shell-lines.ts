/** Environment variables as lines for a shell to evaluate. */
import { delimiter } from "node:path";

/** A way to write variables down. */
interface ShellSyntax {
  readonly quote: (value: string) => string;
  readonly assign: (name: string, quoted: string) => string;
  /** Puts a quoted folder before what the shell that evaluates the line has on its PATH. */
  readonly prependToPath: (quoted: string) => string;
}

/** The shells that can be written for. */
export const shells = {
  sh: {
    quote: (value) => `'${value.replaceAll("'", `'\\''`)}'`,
    assign: (name, quoted) => `export ${name}=${quoted}`,
    prependToPath: (quoted) => `export PATH=${quoted}":$PATH"`,
  },
  fish: {
    quote: (value) => `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`,
    assign: (name, quoted) => `set -gx ${name} ${quoted}`,
    prependToPath: (quoted) => `set -gx PATH ${quoted} $PATH`,
  },
  powershell: {
    quote: (value) => `'${value.replaceAll("'", "''")}'`,
    assign: (name, quoted) => `$env:${name} = ${quoted}`,
    prependToPath: (quoted) => `$env:PATH = ${quoted} + '${delimiter}' + $env:PATH`,
  },
} as const satisfies Record<string, ShellSyntax>;

/** Name of a shell that can be written for. */
export type ShellName = keyof typeof shells;

/**
 * One line a variable. Of PATH only its first folder, the engine's, is written: the rest is that of the command that
 * asks (npm adds folders of its own), not that of the shell.
 */
export function shellLines(environment: Readonly<Record<string, string>>, shell: ShellName): string {
  const { assign, prependToPath, quote } = shells[shell];
  return Object.entries(environment)
    .map(([name, value]) =>
      name === "PATH" ? prependToPath(quote(value.split(delimiter)[0] ?? "")) : assign(name, quote(value)),
    )
    .join("\n");
}
