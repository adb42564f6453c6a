import type { Change, LockDifference } from "../../../components/permissions/diff/model";
import { count } from "../output";
import { palette } from "../terminal";
import type { StackLock } from "./lock-stacks";

/** What `permissions lock` did, or with `check` what it would do, a line a stack. */
export function lockReportText(locks: readonly StackLock[], { check }: { readonly check: boolean }): string {
  const lines = locks.map((lock) => line(lock, check));
  const stale = locks.filter(({ state }) => state !== "current");
  if (stale.length === 0)
    return [...lines, "", "Every lock file says what its stack's settings ask for."].join("\n");
  const closing = check
    ? `${count(stale.length, "lock file is", "lock files are")} not what the settings ask for.\n` +
      "  Write them and commit: npm run -s cli -- permissions lock"
    : "Commit them together with the stack files.";
  return [...lines, "", closing].join("\n");
}

function line({ file, state, difference, problem }: StackLock, check: boolean): string {
  const colours = palette();
  if (state === "current") return `${colours.green("✔")} ${file}  up to date`;
  const mark = check ? colours.red("✖") : colours.green("✔");
  const detail = problem ?? (difference === undefined ? "" : summary(difference));
  const words = {
    missing: check ? "missing" : "written (new)",
    stale: check ? "stale" : "written",
    orphaned: check ? "has no stack file any more" : "deleted: its stack file is gone",
  }[state];
  return `${mark} ${file}  ${words}${detail === "" ? "" : `: ${detail}`}`;
}

/** What changes, in numbers: who wants more reads `permissions diff`. */
function summary({ connectors, azureRoleAssignments }: LockDifference): string {
  const named = (kind: string) => connectors.filter((change) => change.kind === kind).map(({ name }) => name);
  const roles = connectors.flatMap((change) =>
    change.kind === "changed" ? [...change.difference.appRoles, ...change.difference.directoryRoles] : [],
  );
  const numbers = [...kinds(roles), ...kinds(azureRoleAssignments)];
  const parts = [
    ...named("added").map((name) => `new connector ${name}`),
    ...named("removed").map((name) => `without connector ${name}`),
    ...(numbers.length === 0 ? [] : [`${numbers.join(", ")} in ${named("changed").join(", ")}`]),
  ];
  if (parts.length > 0) return parts.join("; ");
  return connectors.length > 0 ? `other details of ${named("changed").join(", ")}` : "another form";
}

function kinds(changes: readonly Change<unknown>[]): readonly string[] {
  return (["added", "removed", "changed"] as const).flatMap((kind) => {
    const number = changes.filter((change) => change.kind === kind).length;
    return number === 0 ? [] : [`${count(number, "permission")} ${kind}`];
  });
}
