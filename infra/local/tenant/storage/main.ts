/**
 * Azurite's process: the blob and queue services of Microsoft's own emulator, for every account that is asked for. Which
 * accounts there are, and who may do what, is decided by the proxy in front. Ends with the process that started it, also
 * when that one was killed: the IPC channel closes then, and what is in memory is saved.
 */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import BlobConfiguration from "azurite/dist/src/blob/BlobConfiguration";
import BlobServer from "azurite/dist/src/blob/BlobServer";
import AccountDataStore from "azurite/dist/src/common/AccountDataStore";
import type { ConfigurationArguments } from "azurite/dist/src/common/Server";
import QueueConfiguration from "azurite/dist/src/queue/QueueConfiguration";
import QueueServer from "azurite/dist/src/queue/QueueServer";
import { z } from "zod";

/** What the starting process is told when both services answer: their origins. */
export interface AzuriteReady {
  readonly blob: string;
  readonly queue: string;
}

const optionsSchema = z.object({ folder: z.string(), certificateFile: z.string(), keyFile: z.string() });
type Options = z.output<typeof optionsSchema>;

/** Seconds that a connection of the proxy may idle. */
const keepAlive = 120;

async function main(): Promise<void> {
  const options = optionsSchema.parse(JSON.parse(process.argv[2] ?? "{}"));
  // Collected data is its owner's alone.
  process.umask(0o077);
  acceptEveryAccount();
  const blob = new BlobServer(new BlobConfiguration(...configuration(options, "blob", 50)));
  const queue = new QueueServer(new QueueConfiguration(...configuration(options, "queue", 1)));
  await Promise.all([blob.start(), queue.start()]);
  const stop = once(async () => {
    await Promise.allSettled([blob.close(), queue.close()]);
    process.exit(0);
  });
  for (const event of ["SIGTERM", "SIGINT", "disconnect"]) process.once(event, stop);
  if (!process.connected) return stop();
  const ready: AzuriteReady = { blob: blob.getHttpServerAddress(), queue: queue.getHttpServerAddress() };
  process.send?.(ready);
}

/** Accounts come and go while it runs. Their shared keys are random, so nobody holds one. */
function acceptEveryAccount(): void {
  const key1 = randomBytes(64);
  AccountDataStore.prototype.getAccount = (name) => ({ name, key1 });
}

function configuration(
  { folder, certificateFile, keyFile }: Options,
  service: string,
  maxConcurrency: number,
): ConfigurationArguments {
  const location = { locationId: "Default", locationPath: join(folder, service), maxConcurrency };
  const [metadata, extents] = [join(folder, `${service}.json`), join(folder, `${service}-extents.json`)];
  const [accessLog, debugLog, loose, anyApiVersion] = [false, false, false, true];
  return [
    ...(["127.0.0.1", 0, keepAlive, metadata, extents, [location]] as const),
    ...([accessLog, undefined, debugLog, undefined, loose, anyApiVersion] as const),
    ...([certificateFile, keyFile, "", "basic"] as const),
  ];
}

function once(action: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= action();
    return running;
  };
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
