/** Where a report on a function app keeps what it found, for the trend. */
import type { AssessmentStore } from "../../../components/state";

/**
 * In the app's storage, so that everybody who reports on the stack sees one trend; on this machine where the storage may
 * only be read. What was kept on this machine before counts as well: the storage's is taken where both have a day.
 */
export function sharedHistory(shared: AssessmentStore, own: AssessmentStore): AssessmentStore {
  return {
    read: async (path) => (await shared.read(path)) ?? (await own.read(path)),
    // A report that is there is worth more than its trend: whatever the reason, this machine keeps it.
    write: (path, bytes) => shared.write(path, bytes).catch(() => own.write(path, bytes)),
    async *list(prefix) {
      const seen = new Set<string>();
      for (const store of [shared, own]) {
        for await (const path of store.list(prefix)) {
          if (!seen.has(path)) yield path;
          seen.add(path);
        }
      }
    },
  };
}
