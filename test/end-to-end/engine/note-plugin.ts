/**
 * A provider plugin for the engine's tests: `note:index:Note` is a file in the folder NOTE_DIRECTORY, its id the file's
 * name. A note with the text "slow" takes a minute to create, and
 * leaves the file `<name>-begun` when that begins.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type handleUnaryCall, Server, ServerCredentials } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import services from "@pulumi/pulumi/proto/provider_grpc_pb";
import provider from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

const fileOf = (id: string) => join(process.env.NOTE_DIRECTORY ?? "", id);

function textOf(properties: Struct | undefined): string {
  return String(properties?.toJavaScript().text ?? "");
}

function struct(text: string): Struct {
  return Struct.fromJavaScript({ text });
}

function answer<Request>(reply: (request: Request) => unknown): handleUnaryCall<Request, unknown> {
  return (call, callback) => {
    Promise.resolve(reply(call.request)).then((value) => callback(null, value), callback);
  };
}

async function create(request: provider.CreateRequest): Promise<provider.CreateResponse> {
  const text = textOf(request.getProperties());
  if (request.getPreview()) return new provider.CreateResponse().setProperties(struct(text));
  const id = request.getUrn().split("::").at(-1) ?? "";
  if (text === "slow") {
    writeFileSync(fileOf(`${id}-begun`), "");
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  }
  writeFileSync(fileOf(id), text);
  return new provider.CreateResponse().setId(id).setProperties(struct(text));
}

function update(request: provider.UpdateRequest): provider.UpdateResponse {
  const text = textOf(request.getNews());
  if (!request.getPreview()) writeFileSync(fileOf(request.getId()), text);
  return new provider.UpdateResponse().setProperties(struct(text));
}

function read(request: provider.ReadRequest): provider.ReadResponse {
  const file = fileOf(request.getId());
  if (!existsSync(file)) return new provider.ReadResponse();
  const text = struct(readFileSync(file, "utf8"));
  return new provider.ReadResponse().setId(request.getId()).setProperties(text).setInputs(text);
}

function diff(request: provider.DiffRequest): provider.DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = provider.DiffResponse.DiffChanges;
  const same = textOf(request.getOlds()) === textOf(request.getNews());
  return new provider.DiffResponse().setChanges(same ? DIFF_NONE : DIFF_SOME);
}

const server = new Server();
server.addService(services.ResourceProviderService, {
  getPluginInfo: answer(() => new PluginInfo().setVersion("1.0.0")),
  getSchema: answer(() => new provider.GetSchemaResponse().setSchema("{}")),
  checkConfig: answer((request: provider.CheckRequest) =>
    new provider.CheckResponse().setInputs(request.getNews()),
  ),
  diffConfig: answer(() => new provider.DiffResponse()),
  configure: answer(() => new provider.ConfigureResponse().setSupportspreview(true)),
  check: answer((request: provider.CheckRequest) =>
    new provider.CheckResponse().setInputs(request.getNews()),
  ),
  diff: answer(diff),
  create: answer(create),
  read: answer(read),
  update: answer(update),
  delete: answer((request: provider.DeleteRequest) => {
    rmSync(fileOf(request.getId()), { force: true });
    return new Empty();
  }),
  cancel: answer(() => new Empty()),
});
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(0);
  }, 200);
});
