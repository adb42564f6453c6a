/**
 * What the engine loads. In a checkout the pack is made of its sources when they changed, so that it needs no build step and
 * never judges by yesterday's rules. A published pack has no sources: it is its bundle.
 */
const { existsSync } = require("node:fs");
const { join } = require("node:path");

if (existsSync(join(__dirname, "pack.ts"))) require("./build").buildPack();
require("./dist/pack.js");
