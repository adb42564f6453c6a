import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Segment } from "../../../components/collector/function/runtime/documents";
import { EventIndex } from "../../../components/collector/function/runtime/event-index/event-index";
import { HashSet } from "../../../components/collector/function/runtime/event-index/hash-set";
import { segmentFrom } from "../../../components/collector/function/runtime/event-index/hours-format";
import { Hash } from "../../../components/collector/function/runtime/key-index/hash";
import { MalformedIndexError } from "../../../components/collector/function/runtime/key-index/segment-reader";
import { memoryStore } from "../collector-runtime/memory-store";

const half = fc.integer({ min: 1, max: 0xffffffff });
const entry = fc.record({
  hour: fc.integer({ min: 0, max: 12 }),
  high: fc.integer({ min: 0, max: 3 }),
  low: half,
});

const hashOf = ({ high, low }: { readonly high: number; readonly low: number }): Hash =>
  Object.assign(new Hash(), { high, low });
const bounds = { slots: 200, fresh: 5 };

describe("a set of hashes", () => {
  it("holds what was added, also after it has grown", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 7 }), half), { maxLength: 500 }), (all) => {
        const [set, truth] = [new HashSet(), new Set<string>()];
        for (const [high, low] of all) {
          expect(set.add(high, low)).toBe(!truth.has(`${high} ${low}`));
          truth.add(`${high} ${low}`);
        }
        expect(set.size).toBe(truth.size);
        for (const [high, low] of all) expect(set.has(hashOf({ high, low }))).toBe(true);
        expect(set.has(hashOf({ high: 8, low: 1 }))).toBe(false);
      }),
    );
  });
});

describe("the event index", () => {
  it("knows each event once, whatever had to leave memory, and after it was opened again", async () => {
    const steps = fc.array(fc.oneof({ weight: 8, arbitrary: entry }, fc.constantFrom("trim", "reopen")), {
      maxLength: 120,
    });
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const { state } = memoryStore();
        const truth = new Set<string>();
        const committed: Segment[] = [];
        let index = new EventIndex(state, "index/1/", 1, committed, [], bounds);
        for (const [place, step] of all.entries()) {
          if (step === "trim") await index.trim();
          else if (step === "reopen") {
            await index.flush();
            committed.push(...index.segments);
            index = new EventIndex(state, `index/${place + 2}/`, 1, committed.slice(), [], bounds);
          } else {
            const name = `${step.hour} ${step.high} ${step.low}`;
            await index.prepare(new Set([step.hour]));
            expect(index.has(step.hour, hashOf(step))).toBe(truth.has(name));
            expect(index.add(step.hour, hashOf(step))).toBe(!truth.has(name));
            truth.add(name);
          }
        }
        for (const name of truth) {
          const [hour = 0, high = 0, low = 0] = name.split(" ").map(Number);
          await index.prepare(new Set([hour]));
          expect(index.has(hour, hashOf({ high, low }))).toBe(true);
        }
      }),
      { numRuns: 80 },
    );
  });

  it("keeps in memory what it is allowed to", async () => {
    const { state } = memoryStore();
    const index = new EventIndex(state, "index/", 1, [], [], bounds);
    for (let hour = 1; hour <= 500; hour += 1) {
      await index.prepare(new Set([hour]));
      index.add(hour, hashOf({ high: hour, low: hour }));
      await index.trim();
    }
    expect(Reflect.get(index, "slots")).toBeLessThanOrEqual(bounds.slots);
    expect(Reflect.get(index, "hours").size).toBeLessThan(10);
    for (const hour of [1, 250, 500]) {
      await index.prepare(new Set([hour]));
      expect(index.add(hour, hashOf({ high: hour, low: hour }))).toBe(false);
    }
  });

  it("says so when a segment is damaged or gone", async () => {
    const { state } = memoryStore();
    const index = new EventIndex(state, "index/", 1, [], []);
    await index.prepare(new Set([5]));
    index.add(5, hashOf({ high: 1, low: 1 }));
    await index.flush();
    const [segment] = index.segments;
    const path = segment?.path ?? "";
    const bytes = (await state.read(path))?.bytes ?? Buffer.alloc(0);
    expect(() => segmentFrom(path, bytes.subarray(0, -1), 0)).toThrow(MalformedIndexError);
    await state.write(path, Buffer.from("nothing of the kind"));
    const damaged = new EventIndex(state, "index/", 2, [...index.segments], []);
    await expect(damaged.prepare(new Set([5]))).rejects.toBeInstanceOf(MalformedIndexError);
    await state.delete(path);
    const gone = new EventIndex(state, "index/", 2, [...index.segments], []);
    await expect(gone.prepare(new Set([5]))).rejects.toBeInstanceOf(MalformedIndexError);
  });
});
