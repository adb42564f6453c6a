/** What a function app does with its storage: Microsoft's clients, a managed identity, no key. Prints JSON. */
import { ManagedIdentityCredential } from "@azure/identity";
import { BlobServiceClient } from "@azure/storage-blob";
import { QueueServiceClient } from "@azure/storage-queue";

const { BLOB = "", QUEUE = "", CLIENT_ID = "" } = process.env;

/** The error code, or `ok`. */
async function outcome(attempt: () => Promise<unknown>): Promise<string> {
  try {
    await attempt();
    return "ok";
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : String(error);
  }
}

async function main(): Promise<void> {
  const credential = new ManagedIdentityCredential({ clientId: CLIENT_ID });
  const options = { retryOptions: { maxTries: 1 } };
  const blobs = new BlobServiceClient(BLOB, credential, options);
  const queues = new QueueServiceClient(QUEUE, credential, options);
  const data = blobs.getContainerClient("data");
  const blob = data.getBlockBlobClient("contoso/users/2026/part 1+ä.ndjson.gz");
  const large = Buffer.alloc(9_000_000, "x");
  const results: Record<string, unknown> = {};
  results.upload = await outcome(() => blob.uploadData(large, { blockSize: 4_000_000 }));
  results.length = await outcome(async () => {
    const { contentLength } = await blob.getProperties();
    if (contentLength !== large.byteLength) throw new Error(`${contentLength}`);
    if (!(await blob.downloadToBuffer()).equals(large)) throw new Error("other content");
  });
  results.absent = await outcome(() => blob.upload("x", 1, { conditions: { ifNoneMatch: "*" } }));
  results.match = await outcome(() => blob.upload("x", 1, { conditions: { ifMatch: '"0x0"' } }));
  results.missing = await outcome(() => data.getBlockBlobClient("none").download());
  const lease = blob.getBlobLeaseClient();
  results.lease = await outcome(() => lease.acquireLease(15));
  results.second = await outcome(() => blob.getBlobLeaseClient().acquireLease(15));
  results.leased = await outcome(() => blob.upload("x", 1));
  results.release = await outcome(() => lease.releaseLease());
  results.names = [];
  for await (const { name } of data.listBlobsFlat()) (results.names as string[]).push(name);
  results.otherContainer = await outcome(() =>
    blobs.getContainerClient("state").getBlobClient("x").download(),
  );
  results.create = await outcome(() => blobs.createContainer("more"));
  const queue = queues.getQueueClient("work");
  results.send = await outcome(() => queue.sendMessage("hello <&>"));
  results.receive = await outcome(async () => {
    const {
      receivedMessageItems: [message],
    } = await queue.receiveMessages({ visibilityTimeout: 30 });
    if (message?.messageText !== "hello <&>") throw new Error(String(message?.messageText));
    await queue.deleteMessage(message.messageId, message.popReceipt);
  });
  results.poison = await outcome(() => queues.getQueueClient("work-poison").peekMessages());
  process.stdout.write(JSON.stringify(results));
}

void main();
