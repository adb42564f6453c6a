/** A provider plugin that takes every type and answers what it was told: policies judge inputs, whoever would carry them out. */
import { type handleUnaryCall, Server, ServerCredentials } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import services from "@pulumi/pulumi/proto/provider_grpc_pb";
import provider from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

function answer<Request>(reply: (request: Request) => unknown): handleUnaryCall<Request, unknown> {
  return (call, callback) => callback(null, reply(call.request));
}

function check(request: provider.CheckRequest): provider.CheckResponse {
  return new provider.CheckResponse().setInputs(request.getNews());
}

function create(request: provider.CreateRequest): provider.CreateResponse {
  const response = new provider.CreateResponse().setProperties(request.getProperties());
  return request.getPreview() ? response : response.setId(request.getUrn().split("::").at(-1) ?? "");
}

const server = new Server();
server.addService(services.ResourceProviderService, {
  getPluginInfo: answer(() => new PluginInfo().setVersion("1.0.0")),
  getSchema: answer(() => new provider.GetSchemaResponse().setSchema("{}")),
  checkConfig: answer(check),
  diffConfig: answer(() => new provider.DiffResponse()),
  configure: answer(() => new provider.ConfigureResponse().setSupportspreview(true)),
  check: answer(check),
  diff: answer(() => new provider.DiffResponse()),
  create: answer(create),
  delete: answer(() => new Empty()),
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
