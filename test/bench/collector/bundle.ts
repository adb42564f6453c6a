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
    plugins: variant.way === undefined ? [] : [fixedWay(variant.way)],
  });
  return outfile;
}

const readingWay = resolve(__dirname, "../../../components/collector/function/streams/reading-way.ts");

/** Stands in for the module that decides. */
const fixedWay = (way: string): Plugin => ({
  name: "fixed-way",
  setup(hooks) {
    hooks.onLoad({ filter: /reading-way\.ts$/ }, ({ path }) =>
      path === readingWay
        ? { contents: `export const readingWay = () => "${way}";`, loader: "ts" }
        : undefined,
    );
  },
});
