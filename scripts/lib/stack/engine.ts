/** The plain engine as a command on a stack: for what needs no Automation API, which takes longer to load than to use. */
import { spawn } from "node:child_process";
import { diagnose } from "../diagnosis";
import { UserError } from "../errors";
import type { StackReference } from "./project";

/**
 * Runs the engine on the stack and answers its standard output.
 * @throws UserError when there is no engine, or with what the engine said
 */
export async function runEngine(stack: StackReference, args: readonly string[], input = ""): Promise<string> {
  const child = spawn("pulumi", [...args, "--stack", stack.name, "--non-interactive"], {
    cwd: stack.directory,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const output = collect(child.stdout);
  const errors = collect(child.stderr);
  // One that ends before it has read its input says why by itself.
  child.stdin.on("error", () => undefined).end(input);
  const code = await new Promise<number | null>((resolve, reject) =>
    child.on("error", (error) => reject(engineNotFound(error))).on("close", resolve),
  );
  if (code === 0) return output();
  throw failure(args, errors().trim() || output().trim().split("\n").slice(-10).join("\n"));
}

/** There is no `pulumi` on PATH. */
export function engineNotFound(cause: unknown): UserError {
  return new UserError("The Pulumi engine was not found.", {
    next: "Install it and put `pulumi` on PATH (https://www.pulumi.com/docs/install), or run npm start once: it gets one for you.",
    cause,
  });
}

function failure(args: readonly string[], said: string): UserError {
  const cause = new Error(said);
  const known = diagnose(cause);
  return new UserError(known?.problem ?? `pulumi ${args.slice(0, 2).join(" ")} failed.`, {
    next: known?.next ?? said,
    cause,
  });
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString("utf8");
}
