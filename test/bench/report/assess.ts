/** Assesses every metric over the store, as `report` does. */
import { openFolderStore } from "../../../components/collector/function/storage/folder-store";
import { assess, collectedState } from "../../../components/state";
import { connector } from "../../unit/collector-runtime/synthetic";
import { finish, task } from "./child";

async function main(): Promise<void> {
  const { metrics } = await assess(collectedState(openFolderStore(task.folder), connector.slug));
  const by = (result: string) => metrics.filter((metric) => metric.result === result).length;
  const evidence = metrics.reduce((sum, metric) => sum + metric.evidence.total, 0);
  finish({ findings: by("finding"), ok: by("ok"), notAssessed: by("not-assessed"), evidence });
}

void main();
