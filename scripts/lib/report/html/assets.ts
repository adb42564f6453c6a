/** The page's style and script as they stand in the file: ours and the chart library's, bundled. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";

/** The sheet of the review's page is the common ground: colours, tables, print. */
const sheets = [join(__dirname, "..", "..", "review", "html", "page.css"), join(__dirname, "page.css")];

export function pageStyle(): string {
  const chart = require.resolve("uplot/dist/uPlot.min.css");
  return [...sheets, chart].map((path) => readFileSync(path, "utf8")).join("\n");
}

export function pageScript(): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(__dirname, "page", "main.js")],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
    legalComments: "inline",
    charset: "ascii",
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error("The page's script was not made.");
  // The end of the element that holds it must not stand in it.
  return file.text.replaceAll("</script", "<\\/script");
}
