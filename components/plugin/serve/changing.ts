import provider from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { PartialFailure } from "./failures";
import { previewed, stateOutputs } from "./outputs";
import { findResource } from "./plugin";
import type { CreateOperation, ExistingOperation, ResourceType } from "./resource-type";
import { type Session, typeOf } from "./session";
import { decode, encode, type PlainProperties, type Properties, reveal } from "./values";

const DEFAULT_MINUTES = 5;

/** Makes the object, or shows at preview what it will be. */
export async function create<Client>(
  session: Session<Client>,
  request: provider.CreateRequest,
): Promise<provider.CreateResponse> {
  const type = findResource(session.plugin, typeOf(request.getUrn()));
  const inputs = decode(request.getProperties());
  const response = new provider.CreateResponse();
  if (request.getPreview()) {
    response.setProperties(encode(previewed(type, inputs)));
    return response;
  }
  const minutes = type.timeouts?.create ?? DEFAULT_MINUTES;
  const frame = session.operation(request.getUrn(), minutes, request.getTimeout());
  const reported: { id: string; outputs: PlainProperties }[] = [];
  const operation: CreateOperation = { ...frame, created: (id, outputs) => reported.push({ id, outputs }) };
  try {
    const made = await type.create(await session.client(), reveal(inputs), operation);
    response.setId(made.id);
    response.setProperties(encode(stateOutputs(type, made.outputs, inputs, {})));
    return response;
  } catch (cause) {
    const exists = reported.at(-1);
    if (exists === undefined) throw cause;
    throw new PartialFailure(exists.id, stateOutputs(type, exists.outputs, inputs, {}), inputs, cause);
  }
}

/** Changes the object in place, or shows at preview what it will be. */
export async function update<Client>(
  session: Session<Client>,
  request: provider.UpdateRequest,
): Promise<provider.UpdateResponse> {
  const type = findResource(session.plugin, typeOf(request.getUrn()));
  const inputs = decode(request.getNews());
  const olds = decode(request.getOlds());
  const response = new provider.UpdateResponse();
  if (request.getPreview()) {
    response.setProperties(encode(previewed(type, inputs, olds)));
    return response;
  }
  const minutes = type.timeouts?.update ?? DEFAULT_MINUTES;
  const operation: ExistingOperation = {
    ...session.operation(request.getUrn(), minutes, request.getTimeout()),
    id: request.getId(),
    outputs: reveal(olds),
    inputs: reveal(decode(request.getOldInputs())),
  };
  const outputs = await updated(type, await session.client(), inputs, operation);
  response.setProperties(encode(stateOutputs(type, outputs, inputs, olds)));
  return response;
}

/** A type whose every input replaces is updated only to finish a creation that failed half-way: by reading it. */
async function updated<Client>(
  type: ResourceType<Client>,
  client: Client,
  inputs: Properties,
  operation: ExistingOperation,
): Promise<PlainProperties> {
  if (type.update !== undefined) return (await type.update(client, reveal(inputs), operation)).outputs;
  const reading = await type.read(client, operation);
  if (reading !== undefined) return reading.outputs;
  throw new Error(
    `${operation.name} is gone from the tenant; run \`pulumi refresh\`, then \`pulumi up\` to make it again.`,
  );
}

/** Removes the object. */
export async function remove<Client>(
  session: Session<Client>,
  request: provider.DeleteRequest,
): Promise<Empty> {
  const type = findResource(session.plugin, typeOf(request.getUrn()));
  const minutes = type.timeouts?.delete ?? DEFAULT_MINUTES;
  await type.delete(await session.client(), {
    ...session.operation(request.getUrn(), minutes, request.getTimeout()),
    id: request.getId(),
    outputs: reveal(decode(request.getProperties())),
    inputs: reveal(decode(request.getOldInputs())),
  });
  return new Empty();
}
