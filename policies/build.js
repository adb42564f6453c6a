/** Makes dist/pack.js, the pack in one file of JavaScript. Plain JavaScript itself, because the engine runs it. */
const { createHash } = require("node:crypto");
const { readFileSync, renameSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const file = join(__dirname, "dist", "pack.js");
const stampFile = join(__dirname, "dist", "pack.json");

/** Bundles the sources unless the bundle is of exactly these. Several engines may do so at once, so files are moved into place. */
function buildPack() {
  if (isCurrent()) return;
  const unfinished = `${file}.${process.pid}`;
  const { metafile } = require("esbuild").buildSync({
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
    metafile: true,
  });
  const inputs = Object.keys(metafile.inputs).sort();
  writeFileSync(`${stampFile}.${process.pid}`, JSON.stringify({ inputs, digest: digestOf(inputs) }));
  renameSync(unfinished, file);
  renameSync(`${stampFile}.${process.pid}`, stampFile);
}

function isCurrent() {
  try {
    const { inputs, digest } = JSON.parse(readFileSync(stampFile, "utf8"));
    return readFileSync(file).length > 0 && digest === digestOf(inputs);
  } catch {
    return false;
  }
}

/** Every file that went into the bundle, by name and content. */
function digestOf(inputs) {
  const hash = createHash("sha256");
  for (const input of inputs) hash.update(`${input}\n`).update(readFileSync(join(__dirname, input)));
  return hash.digest("hex");
}

module.exports = { buildPack };
if (require.main === module) buildPack();
