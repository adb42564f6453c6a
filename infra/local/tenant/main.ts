/** The tenant's process: started detached by `tenant start`, ends on SIGTERM or SIGINT. */
import { z } from "zod";
import { seedSchema } from "./core/admin";
import { runTenant } from "./tenant";

/** What the starting process is told, by Node's IPC channel. */
export type StartMessage =
  | { readonly kind: "progress"; readonly step: string }
  | { readonly kind: "ready" }
  | { readonly kind: "failed"; readonly message: string };

const optionsSchema = z.object({
  directory: z.string().min(1),
  port: z.int().min(0).max(65_535),
  seed: seedSchema.optional(),
  throttling: z.boolean().optional(),
  latency: z.int().min(0).optional(),
});

async function main(): Promise<void> {
  const { seed, ...options } = optionsSchema.parse(JSON.parse(process.argv[2] ?? "{}"));
  const running = await runTenant({
    ...options,
    ...(seed === undefined ? {} : { seed }),
    onProgress: (step) => tell({ kind: "progress", step }),
  });
  const stop = (): void => {
    void running.stop().finally(() => process.exit(0));
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  tell({ kind: "ready" });
}

function tell(message: StartMessage): void {
  if (process.connected) process.send?.(message);
}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${error instanceof Error ? error.stack : message}\n`);
  tell({ kind: "failed", message });
  process.exitCode = 1;
});
