import {
  type handleUnaryCall,
  Server,
  ServerCredentials,
  status,
  type UntypedHandleCall,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb";
import type provider from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { invoke } from "./calling";
import { create, remove, update } from "./changing";
import {
  attach,
  checkConfig,
  configure,
  diffConfig,
  getPluginInfo,
  getSchema,
  handshake,
} from "./configuration";
import { grpcError } from "./failures";
import { check, diff } from "./judging";
import type { Plugin } from "./plugin";
import { read } from "./reading";
import { Session } from "./session";

/** The engine sends whole states in one message, as its own libraries allow: 400 MB. */
const MAXIMUM_MESSAGE_BYTES = 400 * 1024 * 1024;
const PARENT_WATCH_MILLISECONDS = 1000;

/**
 * Serves the plugin on a free loopback port and prints the port, as the engine expects of a plugin process.
 * The process ends with its parent: an engine that was killed leaves no plugin behind.
 */
export async function servePlugin<Client>(plugin: Plugin<Client>): Promise<void> {
  const port = await listen(plugin);
  process.stdout.write(`${port}\n`);
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(0);
  }, PARENT_WATCH_MILLISECONDS);
}

/** Serves the plugin on a free loopback port, which it returns. */
export function listen<Client>(plugin: Plugin<Client>): Promise<number> {
  const server = new Server({
    "grpc.max_receive_message_length": MAXIMUM_MESSAGE_BYTES,
    "grpc.max_send_message_length": MAXIMUM_MESSAGE_BYTES,
  });
  server.addService(services.ResourceProviderService, handlers(new Session(plugin)));
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) resolve(port);
      else reject(error);
    });
  });
}

function handlers<Client>(session: Session<Client>): UntypedServiceImplementation {
  const { plugin } = session;
  const served: Record<string, UntypedHandleCall> = {
    handshake: answering(handshake),
    attach: answering(attach),
    getPluginInfo: answering(() => getPluginInfo(plugin)),
    getSchema: answering(() => getSchema(plugin)),
    checkConfig: answering((request: provider.CheckRequest) => checkConfig(session, request)),
    diffConfig: answering((request: provider.DiffRequest) => diffConfig(request)),
    configure: answering((request: provider.ConfigureRequest) => configure(session, request)),
    check: answering((request: provider.CheckRequest) => check(plugin, request)),
    diff: answering((request: provider.DiffRequest) => diff(plugin, request)),
    create: answering((request: provider.CreateRequest) => create(session, request)),
    read: answering((request: provider.ReadRequest) => read(session, request)),
    update: answering((request: provider.UpdateRequest) => update(session, request)),
    delete: answering((request: provider.DeleteRequest) => remove(session, request)),
    invoke: answering((request: provider.InvokeRequest) => invoke(session, request)),
    cancel: answering(() => {
      session.cancel();
      return new Empty();
    }),
  };
  const rest = Object.keys(services.ResourceProviderService).filter((method) => !(method in served));
  return { ...served, ...Object.fromEntries(rest.map((method) => [method, refusing(plugin.name, method)])) };
}

function answering<Request>(answer: (request: Request) => unknown): handleUnaryCall<Request, unknown> {
  return (call, callback) => {
    void (async () => {
      try {
        callback(null, await answer(call.request));
      } catch (cause) {
        callback(grpcError(cause));
      }
    })();
  };
}

function refusing(plugin: string, method: string): UntypedHandleCall {
  const refuse: handleUnaryCall<unknown, unknown> = (_, callback) => {
    callback({ code: status.UNIMPLEMENTED, details: `The plugin ${plugin} does not implement ${method}.` });
  };
  return refuse;
}
