import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { JournalledStore, StoreCorruptError } from "../../../infra/local/tenant/core/store";

interface Person {
  readonly id: string;
  readonly name: string;
  readonly groups: readonly string[];
}

const indexes = { name: (p: Person) => p.name, group: (p: Person) => p.groups };

let directory: string;
let now: number;
const open = () => new JournalledStore(directory, () => now);
const people = (store: JournalledStore) => store.collection<Person>("people", indexes);
const journal = () => join(directory, "journal-0.ndjson");

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "store-"));
  now = 1000;
});
afterEach(() => rmSync(directory, { recursive: true }));

describe("a collection", () => {
  test("finds entities by index without regard to case, in order of creation", () => {
    const collection = people(open());
    collection.put({ id: "1", name: "Ada", groups: ["Staff", "Board"] });
    collection.put({ id: "2", name: "ada", groups: ["staff"] });
    collection.put({ id: "1", name: "ADA", groups: ["staff"] });
    expect(collection.by("name", "aDa").map((p) => p.id)).toEqual(["1", "2"]);
    expect(collection.by("group", "STAFF").map((p) => p.id)).toEqual(["1", "2"]);
    expect(collection.by("group", "board")).toEqual([]);
  });

  test("an index declared later takes up what is there", () => {
    const store = open();
    store.collection<Person>("people").put({ id: "1", name: "Ada", groups: [] });
    expect(people(store).by("name", "ada")).toHaveLength(1);
  });

  test("refuses an index that nobody declared", () => {
    expect(() => people(open()).by("age", "7")).toThrow("no index age");
  });

  test("keeps the time of creation and moves the time of change", () => {
    const collection = people(open());
    collection.put({ id: "1", name: "Ada", groups: [] });
    now = 2000;
    collection.put({ id: "1", name: "Eve", groups: [] });
    expect(collection.times("1")).toEqual({ createdAt: 1000, modifiedAt: 2000 });
    expect(collection.times("2")).toBeUndefined();
  });
});

describe("persistence", () => {
  test("a store opened again has entities, order, times and deletions", async () => {
    const first = people(open());
    for (const id of ["b", "a", "c"]) first.put({ id, name: id, groups: [] });
    first.delete("a");
    await nextTurn();
    const second = people(open());
    expect([...second.values()].map((p) => p.id)).toEqual(["b", "c"]);
    expect(second.times("b")).toEqual({ createdAt: 1000, modifiedAt: 1000 });
    expect(second.by("name", "a")).toEqual([]);
  });

  test("many entities created at once are one line, and read back with their places and times", async () => {
    const store = open();
    const first = people(store);
    for (let number = 0; number < 2_500; number += 1) {
      if (number === 1_200) now += 1;
      first.put({ id: String(number), name: `n${number}`, groups: ["all"] });
      if (number === 1_700) first.delete("5");
    }
    first.put({ id: "7", name: "changed", groups: [] });
    await store.flush();
    expect(readFileSync(journal(), "utf8").trim().split("\n").length).toBeLessThan(10);
    const second = people(open());
    expect([...second.values()]).toEqual([...first.values()]);
    for (const id of ["0", "7", "1199", "1200", "2499"]) {
      expect(second.times(id)).toEqual(first.times(id));
      expect(second.position(id)).toBe(first.position(id));
    }
    expect([...second.after(2_498)].map(({ id }) => id)).toEqual(["2498", "2499"]);
  });

  test("only the owner may read the files", async () => {
    const store = open();
    people(store).put({ id: "1", name: "Ada", groups: [] });
    await store.flush();
    expect(statSync(journal()).mode & 0o777).toBe(0o600);
  });

  test("clear empties collections in place and stays cleared", async () => {
    const store = open();
    const collection = people(store);
    collection.put({ id: "1", name: "Ada", groups: [] });
    store.clear();
    expect(collection.size).toBe(0);
    expect(collection.by("name", "ada")).toEqual([]);
    collection.put({ id: "2", name: "Eve", groups: [] });
    await store.flush();
    expect([...people(open()).values()].map((p) => p.id)).toEqual(["2"]);
  });

  test.each([1, 5, 40])(
    "a last line torn %i bytes before its end is cut off, the rest stays",
    async (missing) => {
      const store = open();
      const collection = people(store);
      collection.put({ id: "1", name: "Zoë", groups: [] });
      collection.put({ id: "2", name: "Eve", groups: [] });
      await store.flush();
      const whole = readFileSync(journal());
      writeFileSync(journal(), whole.subarray(0, whole.length - missing));
      const recovered = open();
      expect([...people(recovered).values()].map((p) => p.id)).toEqual(["1"]);
      people(recovered).put({ id: "3", name: "Bob", groups: [] });
      await recovered.flush();
      expect([...people(open()).values()].map((p) => p.id)).toEqual(["1", "3"]);
    },
  );

  test("damage before the last line is refused, not guessed at", async () => {
    const store = open();
    for (const id of ["1", "2", "3"]) people(store).put({ id, name: "Ada", groups: [] });
    await store.flush();
    writeFileSync(journal(), readFileSync(journal(), "utf8").replace("Ada", "Bad"));
    expect(open).toThrow(StoreCorruptError);
  });

  test("a large journal becomes a snapshot; leftovers of a crash while compacting are removed", async () => {
    const store = open();
    const text = "x".repeat(1000);
    for (let i = 0; i < 20_000; i++)
      people(store).put({ id: String(i % 10), name: `${i}${text}`, groups: [] });
    await store.flush();
    expect(readdirSync(directory).sort()).toEqual(["journal-1.ndjson", "snapshot-1.ndjson"]);
    people(store).put({ id: "new", name: "Ada", groups: [] });
    await store.flush();
    appendFileSync(join(directory, "journal-0.ndjson"), "leftover");
    appendFileSync(join(directory, "snapshot-2.ndjson.partial"), "leftover");
    const again = people(open());
    expect(again.size).toBe(11);
    expect(again.get("9")?.name).toBe(`19999${text}`);
    expect(readdirSync(directory).sort()).toEqual(["journal-1.ndjson", "snapshot-1.ndjson"]);
  });

  test("any sequence of changes reads back as it was in memory", async () => {
    const change = fc.record({
      id: fc.constantFrom("a", "b", "c", "d"),
      name: fc.string({ unit: "grapheme" }),
      remove: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 30 }), async (changes) => {
        rmSync(directory, { recursive: true });
        const store = open();
        const collection = people(store);
        for (const { id, name, remove } of changes) {
          if (remove) collection.delete(id);
          else collection.put({ id, name, groups: [name] });
        }
        await store.flush();
        const again = people(open());
        expect([...again.values()]).toEqual([...collection.values()]);
        for (const { name } of changes) expect(again.by("group", name)).toEqual(collection.by("group", name));
      }),
      { numRuns: 100 },
    );
  });
});
