/** Contestants are bundled like the collector's package, so that no figure holds a compiler. */
import { join, resolve } from "node:path";
import { build, type Plugin } from "esbuild";

export interface Variant {
  /** Name of the bundle. */
  readonly name: string;
  /** File in `contestants`, without extension. */
  readonly contestant: string;
  /** Makes the collector read groups in this way, whatever it would choose. */
  readonly way?: "delta" | "pages";
  /** The collector holds to no budget, as nobody else does while the tenant throttles nobody. */
  readonly unbudgeted?: boolean;
}

export async function bundleOf(variant: Variant, folder: string): Promise<string> {
  const outfile = join(folder, `${variant.name}.cjs`);
  await build({
    entryPoints: [join(__dirname, "contestants", `${variant.contestant}.ts`)],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    minify: true,
    logLevel: "error",
    plugins: [
      ...(variant.way === undefined ? [] : [standIn(readingWay, fixedWay(variant.way))]),
      ...(variant.unbudgeted === true ? [standIn(budget, noBudget)] : []),
    ],
  });
  return outfile;
}

const functionFolder = resolve(__dirname, "../../../components/collector/function");
const readingWay = join(functionFolder, "streams/reading-way.ts");
const budget = join(functionFolder, "graph/budget/budget.ts");

const fixedWay = (way: string): string => `export const readingWay = () => "${way}";`;
const noBudget = "export class Budget { async acquire() {} correct() {} spent() {} pause() {} }";

/** Puts other contents in the place of a module. */
const standIn = (module: string, contents: string): Plugin => ({
  name: `stand-in for ${module}`,
  setup(hooks) {
    const isModule = new RegExp(`^${module.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
    hooks.onLoad({ filter: isModule }, () => ({ contents, loader: "ts" }));
  },
});
