/**
 * How long planning takes: `npx tsx test/bench/plan.ts`. Prints milliseconds a connector and for a fleet of 300 stacks.
 * Budget: 5 ms a connector, 1 s for 300 stacks.
 */
import { performance } from "node:perf_hooks";

const connectorsPerStack = 2;
const stacks = 300;

async function main(): Promise<void> {
  const loading = performance.now();
  const { plan } = await import("../../components/permissions/plan.js");
  const { parseSettings } = await import("../../infra/settings.js");
  const loaded = performance.now() - loading;

  const raw = {
    tenantId: "6f2c1d5e-3a4b-4c8d-9e0f-1a2b3c4d5e6f",
    connectors: [
      { profile: "netwrix-identity-manager", name: "Identity Manager Contoso", access: "read-write" },
      { profile: "conductorone", name: "ConductorOne", access: "read-write", exchangeGroups: true },
    ],
  };
  const parse = () =>
    parseSettings(raw, {
      stack: "bench",
      now: new Date("2026-06-01T00:00:00Z"),
      unacknowledged: "warn",
      fileReader: () => new Uint8Array(),
    });

  const first = time(() => plan(parse()));
  const settings = parse();
  const planned = time(() => repeat(() => plan(settings)));
  const parsed = time(() => repeat(parse));
  print("modules loaded", loaded);
  print("first parse and plan, 2 connectors", first);
  print("plan, per connector", planned / stacks / connectorsPerStack);
  print(`plan, ${stacks} stacks of ${connectorsPerStack}`, planned);
  print(`parse, ${stacks} stacks of ${connectorsPerStack}`, parsed);
}

function repeat(run: () => unknown): void {
  for (let index = 0; index < stacks; index++) run();
}

function time(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function print(what: string, milliseconds: number): void {
  process.stdout.write(`${what.padEnd(38)} ${milliseconds.toFixed(3)} ms\n`);
}

main();
