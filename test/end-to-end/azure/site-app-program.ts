/** A small function app: says what it is told and writes what it gets from the queue to a blob, as its identity. */

import { app } from "@azure/functions";
import { ManagedIdentityCredential } from "@azure/identity";
import { BlobServiceClient } from "@azure/storage-blob";

app.http("hello", {
  methods: ["GET"],
  authLevel: "anonymous",
  handler: async () => ({ jsonBody: { greeting: process.env.GREETING } }),
});

app.http("guarded", {
  methods: ["GET"],
  authLevel: "function",
  handler: async () => ({ body: "open" }),
});

app.storageQueue("work", {
  queueName: "work",
  connection: "AzureWebJobsStorage",
  handler: async (message) => {
    const credential = new ManagedIdentityCredential({ clientId: process.env.AZURE_CLIENT_ID ?? "" });
    const blobs = new BlobServiceClient(process.env.AzureWebJobsStorage__blobServiceUri ?? "", credential);
    const text = JSON.stringify(message);
    await blobs.getContainerClient("data").getBlockBlobClient("received.json").upload(text, text.length);
  },
});
