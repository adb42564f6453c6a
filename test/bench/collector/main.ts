/**
 * What the collector costs, beside what users have today and beside the limit, against the same local tenant.
 * Prints a table (or `--json`). `npm run bench:collector`.
 */
import { BenchTenant } from "./lab";
import { speed } from "./speed";

async function main(): Promise<void> {
  const tenant = await BenchTenant.start({ users: 20_000, groups: 2_000, memberships: 100_000, seed: 1 });
  try {
    const standings = await speed(tenant, ["ours", "raw", "sdk-batch", "sdk-one-call"], [0, 50], 2);
    for (const { name, latency, runs } of standings)
      for (const run of runs)
        console.log(
          name.padEnd(14),
          latency,
          run.seconds.toFixed(2),
          run.requests,
          run.peakRss.toFixed(0),
          (run.bytes / 1e6).toFixed(1),
          run.users,
          run.groups,
          run.memberships,
        );
  } finally {
    await tenant.remove();
  }
}

main().catch((error: Error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
