/** Where a report's data comes from: a folder that `collect` wrote, or the storage of the stack's function app. */
import { existsSync } from "node:fs";
import { openBlobStore } from "../../../components/collector/function/storage/blob-store";
import { openFolderStore } from "../../../components/collector/function/storage/folder-store";
import type { CollectorStore } from "../../../components/collector/function/storage/store";
import type { AssessmentStore } from "../../../components/state";
import type { CollectorAppOutput, StackOutputs } from "../../../infra/outputs";
import { cloudOf, operatorCredential } from "../azure/credential";
import { collectingApp } from "../collect/deployed/app";
import { collectionFolder, historyFolder } from "../collect/local/folder";
import { UserError } from "../errors";
import { sharedHistory } from "./history";
import type { ReportSource } from "./model";

export interface OpenSource {
  readonly source: ReportSource;
  readonly store: CollectorStore;
  /** Where assessments are kept by day: beside what was collected; on this machine where that may only be read. */
  readonly history: AssessmentStore;
}

export interface SourceOptions {
  readonly stack: string;
  /** A folder that was collected into. */
  readonly from?: string | undefined;
  readonly deployed?: boolean | undefined;
}

/**
 * Opens what was asked for. Without a word: what this machine collected of the stack, else the function app's storage.
 * @throws UserError when there is nothing, or the operator may not read it
 */
export async function openSource(
  options: SourceOptions,
  outputs: StackOutputs | undefined,
): Promise<OpenSource> {
  if (options.deployed && options.from !== undefined) {
    throw new UserError("--deployed and --from exclude each other.", { next: "Give one of them." });
  }
  const folder = collectionFolder(options.stack, options.from);
  const hasApp = outputs?.collector?.apps.some(({ mode }) => mode === "collect") ?? false;
  const deployed = options.deployed ?? (options.from === undefined && !existsSync(folder) && hasApp);
  if (deployed && outputs !== undefined) return openDeployed(options.stack, collectingApp(outputs), outputs);
  if (!existsSync(folder)) {
    throw new UserError(`Nothing has been collected into ${folder} yet.`, {
      next: "Collect: npm run -s cli -- collect. For the function app's data, add --deployed.",
    });
  }
  const store = openFolderStore(folder);
  return { source: { where: "this machine", place: folder }, store, history: store.state };
}

async function openDeployed(
  stack: string,
  app: CollectorAppOutput,
  outputs: StackOutputs,
): Promise<OpenSource> {
  const [connector] = Object.values(outputs.connectors);
  const cloud = await cloudOf(connector?.cloud ?? "public");
  const tenantId = process.env.ARM_TENANT_ID ?? process.env.AZURE_TENANT_ID ?? connector?.tenantId ?? "";
  const { blobServiceUri } = app.storage;
  const store = openBlobStore({ blobServiceUri, credential: operatorCredential(tenantId, cloud) });
  await demandAccess(store, app);
  const history = sharedHistory(store.state, openFolderStore(historyFolder(stack)).state);
  return { source: { where: "function app", place: blobServiceUri }, store, history };
}

/** Asks for one name, so that who may not read is told so, and not of a failure in the middle. */
export async function demandAccess(
  { state }: CollectorStore,
  { storage, siteId }: CollectorAppOutput,
): Promise<void> {
  try {
    for await (const _ of state.list("")) break;
  } catch (error) {
    const status = error instanceof Error && "statusCode" in error ? Number(error.statusCode) : undefined;
    const scope = siteId.split("/").slice(0, 5).join("/");
    const what = `The storage of the function app can't be read (${storage.blobServiceUri}).`;
    if (status !== 403) {
      const next =
        "Look whether it can be reached from here (a private network?), and whether you are signed in. Or collect on this machine: npm run -s cli -- collect";
      throw new UserError(what, { next, cause: error });
    }
    throw new UserError(`${what} Who is signed in here lacks the role Storage Blob Data Reader.`, {
      next: `Have it assigned: az role assignment create --role "Storage Blob Data Reader" --assignee <you> --scope ${scope}`,
      cause: error,
    });
  }
}
