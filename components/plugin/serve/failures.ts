import { Metadata, type StatusObject, status } from "@grpc/grpc-js";
import provider from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { encode, type Properties } from "./values";

/** An object that exists though its operation failed: what state must keep so that nothing is orphaned. */
export class PartialFailure extends Error {
  override readonly name = "PartialFailure";

  constructor(
    readonly id: string,
    readonly outputs: Properties,
    readonly inputs: Properties,
    cause: unknown,
  ) {
    super(messageOf(cause), { cause });
  }
}

/** The sentence of an error; never its stack. */
function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/** The error as gRPC tells it to the engine; a partial failure carries the object's id and outputs. */
export function grpcError(cause: unknown): Partial<StatusObject> {
  const metadata = new Metadata();
  if (cause instanceof PartialFailure) metadata.set("grpc-status-details-bin", initFailure(cause));
  return { code: status.UNKNOWN, details: messageOf(cause), metadata };
}

function initFailure(failure: PartialFailure): Buffer {
  const detail = new provider.ErrorResourceInitFailed();
  detail.setId(failure.id);
  detail.setProperties(encode(failure.outputs));
  detail.setInputs(encode(failure.inputs));
  detail.setReasonsList([failure.message]);
  const any = new Any();
  any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const response = new Status();
  response.setCode(status.UNKNOWN);
  response.setMessage(failure.message);
  response.addDetails(any);
  return Buffer.from(response.serializeBinary());
}
