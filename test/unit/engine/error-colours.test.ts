import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { projectRoot } from "../../../infra/local/paths";

/** Node.js 20 alone works on this for half a minute and then throws. */
const script = `
const util = require("node:util");
const error = new Error("no");
error.stack = "Error: no\\n    at f (/project/node_modules/@scope/file.ts:1:2)";
process.stdout.write(util.inspect(error, { colors: true }) + "|" + util.inspect({ a: 1 }, { colors: true }));
process.stdout.write("|" + typeof util.inspect.custom);
`;

it("shows an error whose stack names a file right below a scope, at once", () => {
  const guard = join(projectRoot(), "infra", "local", "engine", "error-colours", "main.ts");
  const { stdout } = spawnSync(process.execPath, ["--require", "tsx/cjs", "--require", guard, "-e", script], {
    cwd: projectRoot(),
    encoding: "utf8",
    timeout: 10_000,
  });
  expect(stdout.split("|")).toEqual([
    "Error: no\n    at f (/project/node_modules/@scope/file.ts:1:2)",
    "{ a: \u001b[33m1\u001b[39m }",
    "symbol",
  ]);
});
