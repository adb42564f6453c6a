import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openFolderStore } from "../../../components/collector/function/storage/folder-store";
import { purgeFolder } from "../../../scripts/lib/collect/local/folder";
import type { Subject } from "../../../scripts/lib/collect/subjects";
import { connectorOutput } from "../scripts/outputs";

const folder = mkdtempSync(join(tmpdir(), "purge-"));
const slug = "collector-contoso";
const subjects: readonly Subject[] = [{ slug, connector: connectorOutput(), streams: ["users"] }];

async function left(): Promise<readonly string[]> {
  const paths: string[] = [];
  for await (const path of openFolderStore(folder).state.list("")) paths.push(path);
  return paths.sort();
}

beforeEach(async () => {
  const { state } = openFolderStore(folder);
  for (const path of ["users/status.json", "policies/status.json", "assessments/2026-11-20.json"]) {
    await state.write(`${slug}/${path}`, Buffer.from("{}"));
  }
  await state.write("another/assessments/2026-11-20.json", Buffer.from("{}"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("of everything leaves nothing of the connector, what reports found in it neither", async () => {
  const purged = await purgeFolder(folder, subjects, true);
  expect(purged.map(({ stream }) => stream).sort()).toEqual(["assessments", "policies", "users"]);
  expect(await left()).toEqual(["another/assessments/2026-11-20.json"]);
});

it("of a stream leaves the others, and what was found", async () => {
  await purgeFolder(folder, subjects, false);
  expect(await left()).toEqual([
    "another/assessments/2026-11-20.json",
    `${slug}/assessments/2026-11-20.json`,
    `${slug}/policies/status.json`,
  ]);
});
