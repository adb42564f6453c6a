/** Makes dist/pack.js, the pack in one file of JavaScript. Plain JavaScript itself, because the engine runs it. */
const { renameSync } = require("node:fs");
const { join } = require("node:path");

/** Bundles the sources. Several engines may do so at once, so the finished file is moved into place. */
function buildPack() {
  const file = join(__dirname, "dist", "pack.js");
  const unfinished = `${file}.${process.pid}`;
  require("esbuild").buildSync({
    absWorkingDir: __dirname,
    entryPoints: ["pack.ts"],
    outfile: unfinished,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    // The engine's own modules: a second copy would not recognise its messages.
    external: ["@pulumi/*"],
    legalComments: "none",
    logLevel: "error",
  });
  renameSync(unfinished, file);
}

module.exports = { buildPack };
if (require.main === module) buildPack();
