/** RunPlugin: a provider plugin that is a folder of source, or a policy pack. */

import type { ServerWritableStream } from "@grpc/grpc-js";
import { type RunPluginRequest, RunPluginResponse } from "@pulumi/pulumi/proto/language_pb";
import { exitCode, resolveSdkModule, startNode } from "./children";
import { engineAddressFrom } from "./engine-address";
import { servePolicyPack } from "./policy-pack";

type PluginCall = ServerWritableStream<RunPluginRequest, RunPluginResponse>;

/** Runs the plugin until it ends or the engine cancels, passing its output on. */
export async function runPlugin(call: PluginCall): Promise<void> {
  if (call.request.getKind() === "analyzer") return runPolicyPack(call);
  const directory = call.request.getInfo()?.getProgramDirectory() || call.request.getProgram();
  const child = startNode(
    [resolveSdkModule("@pulumi/pulumi/cmd/run-plugin", directory), directory, ...call.request.getArgsList()],
    { cwd: call.request.getPwd(), env: pluginEnvironment(call.request), stdio: ["ignore", "pipe", "pipe"] },
  );
  call.once("cancelled", () => child.kill());
  child.stdout?.on("data", (bytes: Buffer) => call.write(output(bytes)));
  child.stderr?.on("data", (bytes: Buffer) => call.write(errorOutput(bytes)));
  call.write(ended(await exitCode(child)));
  call.end();
}

async function runPolicyPack(call: PluginCall): Promise<void> {
  const pack = await servePolicyPack({
    directory: call.request.getInfo()?.getProgramDirectory() || call.request.getProgram(),
    engineAddress: engineAddressFrom(call.request.getArgsList()),
    environment: pluginEnvironment(call.request),
    onErrorOutput: (bytes) => call.write(errorOutput(bytes)),
    onOutput: (bytes) => call.write(output(bytes)),
  });
  call.write(output(Buffer.from(`${pack.port}\n`)));
  await new Promise<void>((resolve) => call.once("cancelled", resolve));
  pack.stop();
  call.end();
}

function pluginEnvironment(request: RunPluginRequest): NodeJS.ProcessEnv {
  const pairs = request.getEnvList().map((pair): [string, string] => {
    const at = pair.indexOf("=");
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
  return { ...process.env, ...Object.fromEntries(pairs), PULUMI_NODEJS_TYPESCRIPT: "true" };
}

function output(bytes: Buffer): RunPluginResponse {
  return new RunPluginResponse().setStdout(bytes);
}

function errorOutput(bytes: Buffer): RunPluginResponse {
  return new RunPluginResponse().setStderr(bytes);
}

function ended(code: number): RunPluginResponse {
  return new RunPluginResponse().setExitcode(code);
}
