/** From the first line of the package to the end of its first handler, as a worker of the platform does it. */
import { join } from "node:path";
import {
  confineModules,
  provideCoreApi,
  type Registrations,
} from "../../../../infra/local/functions/worker/core-api";
import { callHooks, invoke } from "../../../../infra/local/functions/worker/invoke";

const root = process.env.BENCH_PACKAGE ?? "";
const registrations: Registrations = { model: undefined, functions: new Map(), hooks: new Map() };

async function main(): Promise<void> {
  provideCoreApi(registrations, () => undefined);
  confineModules(root);
  const startedAt = performance.now();
  require(join(root, "index.js"));
  await callHooks(registrations, "appStart", { hookData: {}, functionAppDirectory: root });
  await registrations.model?.getCapabilities({});
  const loaded = performance.now() - startedAt;
  const http = { method: "GET", url: "http://localhost/api/health", headers: {}, query: {}, params: {} };
  const [name] = Object.keys(registrations.functions.get("health")?.metadata.bindings ?? {});
  const request = {
    invocationId: "00000000-0000-4000-8000-000000000000",
    inputData: [{ name: name ?? "request", data: { http } }],
    triggerMetadata: {},
  };
  const response = await invoke(registrations, "health", request, () => undefined);
  if (response.returnValue?.http?.statusCode === undefined) throw new Error("health gave no answer.");
  const handled = performance.now() - startedAt;
  process.stdout.write(`${JSON.stringify({ loaded, handled })}\n`, () => process.exit(0));
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
