import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Removes sidecar files of a stack that a killed engine left half written. The file backend keeps a file's metadata in
 * `<file>.attrs` and doesn't write that atomically; an empty one makes the whole stack unreadable ("failed to load checkpoint:
 * EOF"), while a missing one is fine.
 * @param backendUrl PULUMI_BACKEND_URL; other than `file://` backends have no such files
 * @returns how many were removed
 */
export function removeTornSidecars(backendUrl: string | undefined, stackName: string): number {
  if (!backendUrl?.startsWith("file:")) return 0;
  const root = join(fileURLToPath(backendUrl), ".pulumi", "stacks");
  const torn = sidecarsOf(root, stackName).filter((file) => !isJson(file));
  for (const file of torn) rmSync(file, { force: true });
  return torn.length;
}

/** A stack's files lie in `<project>/<stack>.json…`. */
function sidecarsOf(root: string, stackName: string): string[] {
  if (!existsSync(root)) return [];
  const projects = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return projects.flatMap(({ name: project }) =>
    readdirSync(join(root, project))
      .filter((name) => name.startsWith(`${stackName}.json`) && name.endsWith(".attrs"))
      .map((name) => join(root, project, name)),
  );
}

function isJson(file: string): boolean {
  try {
    JSON.parse(readFileSync(file, "utf8"));
    return true;
  } catch {
    return false;
  }
}
