/** Starts a deployment package as the platform's worker does: in a fresh process, up to the answer of its first call. */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { unzipSync } from "fflate";
import { z } from "zod";

const coldStart = z.object({
  /** Names of what the package declares. */
  functions: z.array(z.string()),
  /** Milliseconds until the package was loaded. */
  loaded: z.number(),
  /** Milliseconds until `health` had answered. */
  answered: z.number(),
  status: z.number(),
  /** Files of code, all of which could be loaded in the end. */
  parts: z.number(),
});

/** What a start showed. */
export type ColdStart = z.output<typeof coldStart>;

/** The module that the platform's worker provides, as far as a package needs it to declare and answer. */
const CORE = `
exports.functions = new Map();
exports.version = "4.1000.0";
exports.setProgrammingModel = (model) => { exports.model = model; };
exports.registerFunction = (metadata, callback) => { exports.functions.set(metadata.name, { metadata, callback }); };
exports.registerHook = () => ({ dispose() {} });
exports.log = () => {};
`;

const PROBE = `
const begin = performance.now();
require("./index.js");
const loaded = performance.now() - begin;
const core = require("@azure/functions-core");
const { metadata, callback } = core.functions.get("health");
const [trigger] = Object.keys(metadata.bindings).filter((name) => metadata.bindings[name].type === "httpTrigger");
const http = { method: "GET", url: "http://localhost/api/health", headers: {}, query: {}, params: {} };
const request = { invocationId: "1", inputData: [{ name: trigger, data: { http } }], triggerMetadata: {} };
const invocation = core.model.getInvocationModel({ invocationId: "1", request, metadata, log() {} });
(async () => {
  const { context, inputs } = await invocation.getArguments();
  const response = await invocation.invokeFunction(context, inputs, callback);
  const answered = performance.now() - begin;
  const functions = [...core.functions.keys()];
  const parts = require("node:fs").readdirSync(".").filter((name) => name.endsWith(".js") && name !== "probe.js");
  for (const part of parts) require("./" + part);
  process.stdout.write(JSON.stringify({ functions, parts: parts.length, loaded, answered, status: response.status }));
  process.exit();
})();
`;

/** Unpacks a package and starts it `times` times, one after the other. */
export async function coldStarts(
  zip: Uint8Array,
  settings: Readonly<Record<string, string>>,
  times: number,
): Promise<ColdStart[]> {
  const folder = mkdtempSync(join(tmpdir(), "entra-connectors-cold-start-"));
  try {
    for (const [name, content] of Object.entries(unzipSync(zip))) writeFileSync(join(folder, name), content);
    const core = join(folder, "node_modules", "@azure", "functions-core");
    mkdirSync(core, { recursive: true });
    writeFileSync(join(core, "index.js"), CORE);
    writeFileSync(join(folder, "probe.js"), PROBE);
    const starts: ColdStart[] = [];
    for (let index = 0; index < times; index += 1) starts.push(await start(folder, settings));
    return starts;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function start(folder: string, settings: Readonly<Record<string, string>>): Promise<ColdStart> {
  const environment = { PATH: process.env.PATH, ...settings };
  const { stdout } = await promisify(execFile)(process.execPath, ["probe.js"], {
    cwd: folder,
    env: environment,
  });
  return coldStart.parse(JSON.parse(stdout));
}

/** App settings that make the collector healthy. */
export const healthySettings = {
  COLLECTOR_SCHEDULE: "0 0 */4 * * *",
  COLLECTOR_SETTINGS: JSON.stringify({
    stack: "dev",
    mode: "collect",
    identityClientId: "00000000-0000-4000-8000-000000000001",
    storage: {
      blobServiceUri: "https://collector.blob.core.windows.net",
      queueServiceUri: "https://collector.queue.core.windows.net",
    },
    connectors: [],
  }),
};
