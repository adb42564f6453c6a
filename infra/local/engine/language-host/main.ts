/**
 * `pulumi-language-nodejs` for an engine that was built from source, which comes without one: the LanguageRuntime
 * service, as far as programs, policy packs and plugins that are folders need it. Installed dependencies are npm's matter.
 */
import * as grpc from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import {
  AboutResponse,
  GetProgramDependenciesResponse,
  GetRequiredPackagesResponse,
  GetRequiredPluginsResponse,
  type RunRequest,
  RuntimeOptionsResponse,
} from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { engineVersions } from "../version";
import { killChildren } from "./children";
import { engineAddressFrom } from "./engine-address";
import { watchParent } from "./parent";
import { run } from "./run";
import { runPlugin } from "./run-plugin";
import { listen, messageLimits } from "./server";

type Unary<Request, Reply> = grpc.handleUnaryCall<Request, Reply>;

function always<Reply>(reply: () => Reply): Unary<unknown, Reply> {
  return (_call, answer) => answer(null, reply());
}

function implementation(engineAddress: string): grpc.UntypedServiceImplementation {
  const runProgram: Unary<RunRequest, unknown> = (call, answer) => {
    run(call.request, engineAddress).then(
      (reply) => answer(null, reply),
      (error: Error) => answer({ code: grpc.status.FAILED_PRECONDITION, message: error.message }),
    );
  };
  const runAnyPlugin: grpc.UntypedServiceImplementation["runPlugin"] = (
    call: Parameters<typeof runPlugin>[0],
  ) => {
    runPlugin(call).catch((error: Error) => call.destroy(error));
  };
  return {
    getPluginInfo: always(() => new PluginInfo().setVersion(engineVersions.go)),
    getRequiredPlugins: always(() => new GetRequiredPluginsResponse()),
    getRequiredPackages: always(() => new GetRequiredPackagesResponse()),
    getProgramDependencies: always(() => new GetProgramDependenciesResponse()),
    runtimeOptionsPrompts: always(() => new RuntimeOptionsResponse()),
    about: always(() => new AboutResponse().setExecutable(process.execPath).setVersion(process.version)),
    installDependencies: (call: grpc.ServerWritableStream<unknown, unknown>) => call.end(),
    cancel: always(() => new Empty()),
    run: runProgram,
    runPlugin: runAnyPlugin,
  };
}

async function main(): Promise<void> {
  process.on("exit", killChildren);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(1));
  watchParent(() => process.exit(1));
  const server = new grpc.Server(messageLimits);
  server.addService(
    LanguageRuntimeService as grpc.ServiceDefinition,
    implementation(engineAddressFrom(process.argv.slice(2))),
  );
  process.stdout.write(`${await listen(server)}\n`);
}

main().catch((error: Error) => {
  process.stderr.write(`pulumi-language-nodejs: ${error.message}\n`);
  process.exit(1);
});
