import { Readable } from "node:stream";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Hash, hash64, seedOf } from "../../../components/collector/function/runtime/key-index/hash";
import { contentMask, KeyTable } from "../../../components/collector/function/runtime/key-index/key-table";
import {
  MalformedIndexError,
  readSegment,
} from "../../../components/collector/function/runtime/key-index/segment-reader";
import { SegmentWriter } from "../../../components/collector/function/runtime/key-index/segment-writer";

const guid = fc.uuid();
const key = fc.oneof(
  guid,
  fc.tuple(guid, guid).map(([a, b]) => `${a}/${b}`),
  fc.tuple(fc.constant("6f2c1d5e-3a4b-4c8d-9e0f-1a2b3c4d5e6f"), guid).map(([a, b]) => `${a}/${b}`),
  guid.map((text) => text.toUpperCase()),
  fc.string({ unit: "binary" }),
  fc.constant("\ud800 alone"),
);
const word = fc.nat(0xffffffff);
const entry = fc.record({
  key,
  type: fc.nat(1),
  high: word,
  low: word,
  content: word,
  contentRest: fc.nat(contentMask),
  gone: fc.boolean(),
});

describe("a segment of the key index", () => {
  it("gives back its entries however its bytes arrive, also when several are joined", () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.array(entry)), fc.integer({ min: 1, max: 97 }), async (sections, step) => {
        const writer = new SegmentWriter(["group", "groupMember"]);
        const blobs = sections.map((entries) => {
          for (const { type, key, high, low, content, contentRest, gone } of entries) {
            writer.add(type, key, { high, low }, content, contentRest, gone);
          }
          return writer.take();
        });
        const all = Buffer.concat(blobs);
        const chunks = [];
        for (let at = 0; at < all.length; at += step) chunks.push(all.subarray(at, at + step));
        const read: object[] = [];
        await readSegment("segment", Readable.from(chunks), (one) => {
          const { type, high, low, content, contentRest, gone } = one;
          read.push({
            key: one.key(),
            type: type === "group" ? 0 : 1,
            high,
            low,
            content,
            contentRest,
            gone,
          });
        });
        expect(read).toEqual(sections.flat());
      }),
    ));

  it("says that it is damaged when bytes are missing or foreign", async () => {
    const writer = new SegmentWriter(["group"]);
    writer.add(0, "g1", { high: 1, low: 2 }, 3, 4, false);
    const blob = writer.take();
    for (const bytes of [blob.subarray(0, blob.length - 1), Buffer.concat([Buffer.from("oops"), blob])]) {
      const reading = readSegment("c/s/index/x", Readable.from([bytes]), () => undefined);
      await expect(reading).rejects.toThrow(MalformedIndexError);
    }
  });
});

describe("the table of known keys", () => {
  it("finds what was put in, with its content and marks, through many splits", () => {
    const table = new KeyTable();
    const hash = new Hash();
    const seed = seedOf("user");
    const count = 120_000;
    for (let n = 0; n < count; n++) {
      hash64(`user-${n}`, seed, hash);
      if (table.find(hash.high, hash.low) !== undefined)
        expect.fail(`user-${n} was found before it was put in`);
      table.insert(hash.high, hash.low, n, n & contentMask, n % 3 === 0);
    }
    for (let n = 0; n < count; n += 5) {
      hash64(`user-${n}`, seed, hash);
      table.find(hash.high, hash.low)?.bury();
    }
    for (let n = 0; n < count; n++) {
      hash64(`user-${n}`, seed, hash);
      const found = table.find(hash.high, hash.low);
      const dead = n % 5 === 0;
      const right =
        found?.dead === dead && (dead || (found.has(n, n & contentMask) && found.seen === (n % 3 === 0)));
      if (!right) expect.fail(`user-${n} is not as it was put in`);
    }
  });

  it("tells types and neighbouring keys apart", () => {
    const seen = new Set<string>();
    const hash = new Hash();
    for (const type of ["user", "group"]) {
      const seed = seedOf(type);
      for (let n = 0; n < 50_000; n++) {
        hash64(String(n), seed, hash);
        if (hash.low === 0) expect.fail("The lower half is never 0.");
        seen.add(`${hash.high}.${hash.low}`);
      }
    }
    expect(seen.size).toBe(100_000);
  });

  it("spreads each half of the hash evenly", () => {
    const hash = new Hash();
    const seed = seedOf("groupMember");
    const buckets = { high: new Uint32Array(64), low: new Uint32Array(64) };
    for (let n = 0; n < 64_000; n++) {
      hash64(`6f2c1d5e-3a4b-4c8d-9e0f-1a2b3c4d5e6f/${n.toString(16).padStart(8, "0")}`, seed, hash);
      for (const half of ["high", "low"] as const) {
        const bucket = hash[half] >>> 26;
        buckets[half][bucket] = (buckets[half][bucket] ?? 0) + 1;
      }
    }
    for (const counts of Object.values(buckets)) {
      for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(200);
    }
  });
});
