import { expect, it } from "vitest";
import type { RecordChange } from "../../../components/collector/function/model/record";
import { readState } from "../../../components/collector/function/runtime/read-committed";
import { runStream } from "../../../components/collector/function/runtime/run-stream";
import { openFolderStore } from "../../../components/collector/function/storage/folder-store";
import type { Stream, StreamEnd } from "../../../components/collector/function/streams/stream";
import { connector, idleGraph, inFolder } from "./synthetic";

const group = (id: string, name: string | null): RecordChange => ({
  type: "group",
  key: id,
  data: name === null ? null : { id, name },
});
const member = (parent: string, id: string): RecordChange => ({
  type: "groupMember",
  key: `${parent}/${id}`,
  data: { id },
});

function streamOf(changes: readonly RecordChange[], end: Pick<StreamEnd, "read" | "wholly">): Stream {
  return {
    name: "groups",
    records: [
      { type: "group", schemaVersion: 1 },
      { type: "groupMember", schemaVersion: 1, parent: "group" },
    ],
    async *collect() {
      yield { kind: "records", changes };
      return { checkpoint: 1, degraded: [], ...end };
    },
  };
}

it("ends what a type that was read wholly does not have any more, and nothing else", () =>
  inFolder(async (folder) => {
    const store = openFolderStore(folder);
    const run = async (changes: readonly RecordChange[], end: Pick<StreamEnd, "read" | "wholly">) => {
      const stream = streamOf(changes, end);
      const status = await runStream({ connector, graph: idleGraph(), store, stream });
      const state = await readState(store, connector.slug, "groups");
      const keys = [...state].flatMap(([type, byKey]) => [...byKey.keys()].map((key) => `${type} ${key}`));
      return { records: status.run?.records, tombstones: status.run?.tombstones, keys: keys.sort() };
    };
    const all = [group("a", "A"), member("a", "1"), member("a", "2"), group("b", "B"), member("b", "1")];
    await run([...all, group("c", "C"), member("c", "1")], { read: "everything" });

    const wholly = { read: "changes", wholly: ["groupMember"] } as const;
    const members = [member("a", "1"), member("b", "1"), member("b", "3")];
    const second = await run([group("b", "Bee"), group("c", null), ...members], wholly);
    expect(second).toEqual({
      records: 4,
      tombstones: 2,
      keys: ["group a", "group b", "groupMember a/1", "groupMember b/1", "groupMember b/3"],
    });

    expect(await run(members, wholly)).toMatchObject({ records: 0 });
    const last = await run([group("a", "A"), ...members.slice(1)], { read: "everything" });
    expect(last).toMatchObject({ records: 2, tombstones: 2, keys: ["group a"] });
  }));
