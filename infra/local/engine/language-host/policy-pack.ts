/**
 * A policy pack learns its stack, project and configuration from its environment, but the engine tells them only by the
 * call ConfigureStack, after the pack runs. So a proxy answers first, starts the pack once it knows, and passes all on.
 */
import type { ChildProcess } from "node:child_process";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  AnalyzerHandshakeResponse,
  AnalyzerStackConfigureRequest,
  AnalyzerStackConfigureResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { resolveSdkModule, startNode } from "./children";
import { listen, messageLimits } from "./server";

/** What a policy pack is started with. */
export interface PolicyPackStart {
  readonly directory: string;
  readonly engineAddress: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly onOutput: (bytes: Buffer) => void;
  readonly onErrorOutput: (bytes: Buffer) => void;
}

/** A pack that can be called on a loopback port. */
export interface ServedPolicyPack {
  readonly port: number;
  stop(): void;
}

/** Serves the pack in `directory`; its process starts at ConfigureStack or, without that, at the first other call. */
export async function servePolicyPack(start: PolicyPackStart): Promise<ServedPolicyPack> {
  const pack = new PolicyPackProcess(start);
  const server = new grpc.Server(messageLimits);
  server.addService(rawDefinition(), handlers(pack));
  const port = await listen(server);
  return {
    port,
    stop: () => {
      pack.stop();
      server.forceShutdown();
    },
  };
}

/** The analyzer service with messages left as bytes, so that whatever a newer engine adds is passed on unchanged. */
function rawDefinition(): grpc.ServiceDefinition {
  const same = (bytes: Buffer) => bytes;
  return Object.fromEntries(
    Object.entries(AnalyzerService as unknown as grpc.ServiceDefinition).map(([name, method]) => [
      name,
      {
        ...method,
        requestSerialize: same,
        requestDeserialize: same,
        responseSerialize: same,
        responseDeserialize: same,
      },
    ]),
  );
}

function handlers(pack: PolicyPackProcess): grpc.UntypedServiceImplementation {
  const forward: grpc.handleUnaryCall<Buffer, Buffer> = (call, answer) => {
    pack.call(call.getPath(), call.request).then(
      (reply) => answer(null, reply),
      (error: grpc.ServiceError) => answer(error),
    );
  };
  const all: grpc.UntypedServiceImplementation = Object.fromEntries(
    Object.keys(AnalyzerService).map((name) => [name, forward]),
  );
  const handshake: grpc.handleUnaryCall<Buffer, Buffer> = (_call, answer) =>
    answer(null, Buffer.from(new AnalyzerHandshakeResponse().serializeBinary()));
  const configureStack: grpc.handleUnaryCall<Buffer, Buffer> = (call, answer) => {
    pack.configure(AnalyzerStackConfigureRequest.deserializeBinary(call.request)).then(
      () => answer(null, Buffer.from(new AnalyzerStackConfigureResponse().serializeBinary())),
      (error: Error) => answer({ code: grpc.status.UNKNOWN, message: error.message }),
    );
  };
  return { ...all, handshake, configureStack };
}

/** The pack's own process and the connection to it. */
class PolicyPackProcess {
  private child: ChildProcess | undefined;
  private client: Promise<grpc.Client> | undefined;

  constructor(private readonly start: PolicyPackStart) {}

  async configure(request: AnalyzerStackConfigureRequest): Promise<void> {
    this.client ??= this.connect({
      PULUMI_NODEJS_ORGANIZATION: request.getOrganization(),
      PULUMI_NODEJS_PROJECT: request.getProject(),
      PULUMI_NODEJS_STACK: request.getStack(),
      PULUMI_NODEJS_DRY_RUN: String(request.getDryRun()),
      PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigSecretKeysList()),
    });
    await this.client;
  }

  async call(path: string, request: Buffer): Promise<Buffer> {
    this.client ??= this.connect({});
    const client = await this.client;
    const same = (bytes: Buffer) => bytes;
    return new Promise((resolve, reject) =>
      client.makeUnaryRequest(path, same, same, request, (error, reply) =>
        error ? reject(error) : resolve(reply ?? Buffer.alloc(0)),
      ),
    );
  }

  stop(): void {
    this.child?.kill();
  }

  private async connect(configuration: NodeJS.ProcessEnv): Promise<grpc.Client> {
    const { directory, engineAddress, environment, onErrorOutput, onOutput } = this.start;
    const child = startNode([policyPackRunner(directory), engineAddress, "."], {
      cwd: directory,
      env: { ...environment, ...configuration },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child = child;
    child.stderr?.on("data", onErrorOutput);
    const port = await firstLine(child, onOutput);
    return new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), messageLimits);
  }
}

function policyPackRunner(directory: string): string {
  return resolveSdkModule("@pulumi/pulumi/cmd/run-policy-pack", directory);
}

/** The first line of a child's output, which is its port; later output goes to `rest`. */
function firstLine(child: ChildProcess, rest: (bytes: Buffer) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    let text: string | undefined = "";
    child.once("exit", (code) =>
      reject(new Error(`The policy pack ended with code ${code} before it was ready.`)),
    );
    child.stdout?.on("data", (bytes: Buffer) => {
      if (text === undefined) return rest(bytes);
      text += bytes.toString();
      const end = text.indexOf("\n");
      if (end < 0) return;
      resolve(text.slice(0, end).trim());
      text = undefined;
    });
  });
}
