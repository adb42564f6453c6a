/**
 * A worker process of a function app: loads the package's program and calls its functions. Bundled to one file and
 * started by the host with the app's environment and nothing else; ends with the host, however that ends.
 */
import { pathToFileURL } from "node:url";
import { confineModules, provideCoreApi, type Registrations } from "./core-api";
import { callHooks, invoke } from "./invoke";
import type { FailureText, FromWorker, LogLevel, ToWorker } from "./protocol";

const registrations: Registrations = { model: undefined, functions: new Map(), hooks: new Map() };

function tell(message: FromWorker): void {
  if (process.connected) process.send?.(message);
}

function log(level: LogLevel, category: string, message: string): void {
  tell({ kind: "log", level, category, message });
}

async function load(root: string, main: string): Promise<void> {
  confineModules(root);
  process.chdir(root);
  await loadProgram(main);
  const { model, functions } = registrations;
  if (model === undefined) throw new Error(`${main} registers no function by @azure/functions.`);
  await callHooks(registrations, "appStart", { hookData: {}, functionAppDirectory: root });
  await model.getCapabilities({});
  tell({ kind: "loaded", functions: [...functions.values()].map(({ metadata }) => metadata) });
}

async function loadProgram(main: string): Promise<void> {
  try {
    require(main);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ERR_REQUIRE_ESM")) throw error;
    await import(pathToFileURL(main).href);
  }
}

async function terminate(): Promise<void> {
  try {
    await callHooks(registrations, "appTerminate", { hookData: {} });
  } finally {
    process.exit(0);
  }
}

function failureOf(error: unknown): FailureText {
  if (!(error instanceof Error)) return { message: String(error) };
  return { message: error.message, ...(error.stack === undefined ? {} : { stack: error.stack }) };
}

function handle(message: ToWorker): void {
  if (message.kind === "terminate") {
    void terminate();
  } else if (message.kind === "load") {
    load(message.root, message.main).catch((error: unknown) =>
      tell({ kind: "unloadable", failure: failureOf(error) }),
    );
  } else {
    const { invocationId } = message.request;
    invoke(registrations, message.functionName, message.request, tell).then(
      (response) => tell({ kind: "done", invocationId, response }),
      (error: unknown) => tell({ kind: "failed", invocationId, failure: failureOf(error) }),
    );
  }
}

provideCoreApi(registrations, log);
process.on("message", handle);
process.on("disconnect", () => process.exit(0));
// The host alone decides when a worker ends; a Ctrl-C in a terminal reaches every process of its group.
process.on("SIGINT", () => undefined);
