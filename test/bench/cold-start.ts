/**
 * How fast an instance of the collector's function app starts: `npx tsx test/bench/cold-start.ts`. Prints the package's size
 * and the median of 21 starts, each in a fresh process. Budget: 5 MB zipped, 300 ms until the first call is answered.
 */
import { buildCollectorPackage } from "../../components/collector/package";
import { type ColdStart, coldStarts, healthySettings } from "../unit/package/cold-start";

const times = 21;

async function main(): Promise<void> {
  const begin = performance.now();
  const { zip } = await buildCollectorPackage();
  print("package built", `${Math.round(performance.now() - begin)} ms`);
  print("package, zipped", `${(zip.byteLength / 1_000_000).toFixed(2)} MB`);
  const starts = await coldStarts(zip, healthySettings, times);
  print("loaded, median", `${median(starts, "loaded")} ms`);
  print("first call answered, median", `${median(starts, "answered")} ms`);
}

function median(starts: readonly ColdStart[], what: "loaded" | "answered"): number {
  const sorted = starts.map((start) => start[what]).sort((left, right) => left - right);
  return Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0);
}

function print(what: string, value: string): void {
  process.stdout.write(`${what.padEnd(32)} ${value}\n`);
}

main();
