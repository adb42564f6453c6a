/** The folder that local collections are kept in: where it is, what it holds, and how it is emptied. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { StreamStatus } from "../../../../components/collector/function/model/status";
import { streamNames } from "../../../../components/collector/function/model/stream-names";
import {
  purgeAssessments,
  purgeStream,
} from "../../../../components/collector/function/runtime/purge-stream";
import { readStanding } from "../../../../components/collector/function/runtime/standing";
import { openFolderStore } from "../../../../components/collector/function/storage/folder-store";
import type { CollectorStore } from "../../../../components/collector/function/storage/store";
import { localDirectory } from "../../../../infra/local/paths";
import { UserError } from "../../errors";
import type { Purged } from "../purge";
import type { Subject } from "../subjects";

/** The folder of a stack's local collections; git-ignored unless another is named. */
export function collectionFolder(stack: string, output: string | undefined): string {
  return output === undefined ? join(localDirectory(), "collected", stack) : resolve(output);
}

/** Where reports on a stack's function app keep their assessments on this machine, where its storage may only be read. */
export const historyFolder = (stack: string): string => join(localDirectory(), "reports", stack);

/** How the streams stand in the folder. @throws UserError when nothing was collected into it */
export async function localStatuses(folder: string, subjects: readonly Subject[]): Promise<StreamStatus[]> {
  demandFolder(folder);
  const store = openFolderStore(folder);
  const by = { runner: "this machine", now: new Date() } as const;
  const looks = subjects.flatMap(({ slug, streams }) =>
    streams.map((stream) => readStanding(store, slug, stream, by)),
  );
  return (await Promise.all(looks)).flatMap((status) => status ?? []);
}

/**
 * Deletes everything of the streams: data, checkpoints and status.
 * @param whole Every stream is meant: what reports found in them goes, too
 */
export async function purgeFolder(
  folder: string,
  subjects: readonly Subject[],
  whole: boolean,
): Promise<Purged[]> {
  demandFolder(folder);
  const store = openFolderStore(folder);
  const purged: Purged[] = [];
  for (const { slug, streams } of subjects) {
    // Not only what may be read today: what was collected by a permission that is gone as well.
    for (const stream of whole ? streamNames : streams) {
      const blobs = await purgeStream(store, slug, stream);
      if (blobs !== 0) purged.push({ connector: slug, stream, blobs: blobs ?? 0, busy: blobs === undefined });
    }
    if (whole) purged.push(...(await purgedAssessments(store, slug)));
  }
  return purged;
}

/** What reports on a stack's function app kept on this machine of these connectors. */
export async function purgeReports(stack: string, slugs: readonly string[]): Promise<Purged[]> {
  const store = openFolderStore(historyFolder(stack));
  return (await Promise.all(slugs.map((slug) => purgedAssessments(store, slug)))).flat();
}

async function purgedAssessments(store: CollectorStore, connector: string): Promise<Purged[]> {
  const blobs = await purgeAssessments(store, connector);
  return blobs === 0 ? [] : [{ connector, stream: "assessments", blobs, busy: false }];
}

function demandFolder(folder: string): void {
  if (existsSync(folder)) return;
  throw new UserError(`Nothing has been collected into ${folder} yet.`, {
    next: "Collect: npm run -s cli -- collect. For the function app's data, add --deployed.",
  });
}
