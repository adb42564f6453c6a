import { expect, it } from "vitest";
import { sharedHistory } from "../../../scripts/lib/report/history";
import { memoryStore } from "../collector-runtime/memory-store";
import { now, reportOf, storeOf } from "./world";

const day = 86_400_000;

async function all(history: { list(prefix: string): AsyncGenerator<string> }): Promise<readonly string[]> {
  const paths: string[] = [];
  for await (const path of history.list("collector-contoso/assessments/")) paths.push(path);
  return paths.sort();
}

it("is one for everybody who may write the storage", async () => {
  const store = await storeOf();
  const [mine, yours] = [memoryStore().state, memoryStore().state];
  const before = new Date(now.getTime() - day);
  await reportOf({ now: before, history: sharedHistory(store.state, mine) }, store);
  const { trends } = (await reportOf({ history: sharedHistory(store.state, yours) }, store)).report;
  expect(trends[0]?.history).toHaveLength(2);
  expect([await all(mine), await all(yours)]).toEqual([[], []]);
});

it("is this machine's where the storage may only be read, and joins what the storage has", async () => {
  const store = await storeOf();
  const own = memoryStore().state;
  await reportOf({ now: new Date(now.getTime() - 2 * day) }, store);
  const readOnly = sharedHistory(
    {
      read: (path) => store.state.read(path),
      list: (prefix) => store.state.list(prefix),
      write: () => Promise.reject(Object.assign(new Error("403"), { statusCode: 403 })),
    },
    own,
  );
  await reportOf({ now: new Date(now.getTime() - day), history: readOnly }, store);
  const { trends } = (await reportOf({ history: readOnly }, store)).report;
  expect(trends[0]?.history.map(({ at }) => at.slice(0, 10))).toEqual([
    "2026-11-18",
    "2026-11-19",
    "2026-11-20",
  ]);
  expect(await all(own)).toHaveLength(2);
});
