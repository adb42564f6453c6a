import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { projectRoot } from "../../../infra/local/paths";

/** The part of a package's entry in the lock file that is looked at. */
interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/**
 * npm leaves out of the lock file what it can't see when the file is made, such as packages for other platforms that a
 * mirror does not hold, and `npm ci` then refuses the file everywhere.
 */
it("locks the optional packages of every platform, so that npm ci works on all of them", () => {
  const { packages } = JSON.parse(readFileSync(join(projectRoot(), "package-lock.json"), "utf8")) as {
    packages: Readonly<Record<string, LockedPackage>>;
  };
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
    ),
  );
  expect(missing).toEqual([]);
});
