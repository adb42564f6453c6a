/** Builds the page from the store, as `report` does. Measured once the tenant is assessed: all events, one file. */
import { writeFileSync } from "node:fs";
import { openFolderStore } from "../../../components/collector/function/storage/folder-store";
import { assessTenants, composeReport } from "../../../scripts/lib/report/build";
import { reportHtml } from "../../../scripts/lib/report/html";
import { begin, finish, task } from "./child";

async function main(): Promise<void> {
  const store = openFolderStore(task.folder);
  const input = {
    stack: "bench",
    source: { where: "this machine", place: task.folder },
    store,
    history: store.state,
    connectors: null,
    days: 30,
    now: new Date(),
  } as const;
  const assessed = await assessTenants(input);
  begin();
  const built = await composeReport(input, assessed);
  const page = reportHtml(built);
  writeFileSync(task.page, page);
  const { logons, activity } = built.report;
  finish({ logonRows: logons.shown, activityRows: activity.shown, megabytes: page.length / 1e6 });
}

void main();
