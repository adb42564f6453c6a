import type { QueueClient } from "@azure/storage-queue";
import type { InvocationResponse, TypedData } from "../worker/protocol";
import type { QueueOutputs } from "./declared";

/** Sends what a function gave back to the queues that its outputs name. */
export async function sendOutputs(
  response: InvocationResponse,
  outputs: QueueOutputs,
  open: (connection: string, queue: string) => QueueClient,
  encoding: "base64" | "none",
): Promise<void> {
  const given = [...(response.outputData ?? []), { name: "$return", data: response.returnValue }];
  for (const { name, data } of given) {
    const output = outputs.get(name ?? "");
    if (output === undefined || data === undefined || data === null) continue;
    const queue = open(output.connection, output.queueName);
    for (const text of messagesOf(data))
      await queue.sendMessage(encoding === "base64" ? Buffer.from(text).toString("base64") : text);
  }
}

/** An array is many messages. */
function messagesOf(data: TypedData): readonly string[] {
  if (data.json === undefined) return [data.string ?? Buffer.from(data.bytes ?? []).toString("utf8")];
  const value: unknown = JSON.parse(data.json);
  return Array.isArray(value)
    ? value.map((item) => (typeof item === "string" ? item : JSON.stringify(item)))
    : [data.json];
}
