import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Page } from "../../../components/collector/function/graph/client";
import { PageReader } from "../../../components/collector/function/graph/page-reader";
import { ByteText } from "../../../components/collector/function/json/byte-text";
import { ScannedObject } from "../../../components/collector/function/json/scanned-object";
import { setJson } from "../../../components/collector/function/json/writes-json";
import {
  flag,
  type GraphObject,
  number,
  objectShape,
  relatedObjectSchema,
  relatedPageSchema,
  text,
  texts,
} from "../../../components/collector/function/streams/lib/shape";

const license = z.object({
  skuId: z.string(),
  plans: z
    .array(z.string())
    .nullish()
    .transform((plans) => [...(plans ?? [])].sort()),
});
const shape = objectShape(
  { name: z.string() },
  { mail: text, enabled: flag, count: number, addresses: texts, licenses: z.array(license).nullish() },
  ["members"],
);

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const word = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.constantFrom('"', "\\", "\u2028", "é", "a\n"),
);
const related = fc.record(
  {
    id: fc.uuid(),
    "@odata.type": maybe(fc.constantFrom("#microsoft.graph.user", "#microsoft.graph.group")),
    extra: fc.jsonValue(),
  },
  { requiredKeys: ["id"] },
);
const good = fc.record(
  {
    id: fc.uuid(),
    name: word,
    mail: maybe(word),
    enabled: maybe(fc.boolean()),
    count: maybe(fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))),
    addresses: maybe(fc.array(word)),
    licenses: maybe(fc.array(fc.record({ skuId: word, plans: maybe(fc.array(word)), more: fc.jsonValue() }))),
    members: fc.array(related, { maxLength: 4 }),
    "members@odata.context": word,
    unknown: fc.jsonValue(),
  },
  { requiredKeys: ["id", "name"] },
);
/** Values of other kinds in any place. */
const odd = fc.record(
  {
    id: fc.jsonValue(),
    name: fc.jsonValue(),
    mail: fc.jsonValue(),
    addresses: fc.jsonValue(),
    members: fc.jsonValue(),
  },
  { requiredKeys: [] },
);
const shuffled = <Value extends object>(value: fc.Arbitrary<Value>) =>
  fc.tuple(value, fc.infiniteStream(fc.nat())).map(([object, order]) =>
    Object.fromEntries(
      Object.entries(object)
        .map((entry) => ({ entry, at: order.next().value }))
        .sort((a, b) => a.at - b.at)
        .map(({ entry }) => entry),
    ),
  );
const indent = fc.constantFrom(undefined, 1, "\t");
const linked = (items: readonly object[]) => ({
  "@odata.context": "https://graph.test/$metadata#users",
  "@odata.nextLink": "https://graph.test/v1.0/users?$skiptoken=\u00e4",
  value: items,
});

type Outcome<Item> = { readonly page: Page<Item> } | { readonly error: string };

function outcomeOf<Item>(schema: z.ZodType<Item>, bytes: Buffer): Outcome<Item> {
  try {
    return { page: new PageReader(schema).page(Buffer.from(bytes)) };
  } catch (error) {
    return { error: String(error) };
  }
}

/** Both ways refuse with the same words, or give objects that are stored and seen alike. */
function expectAlike(bytes: Buffer): Outcome<GraphObject> {
  const scanned = outcomeOf(shape.pageSchema, bytes);
  const parsed = outcomeOf(shape.schema, bytes);
  if ("error" in parsed || "error" in scanned) {
    expect(scanned).toEqual(parsed);
    return scanned;
  }
  expect(scanned.page.nextLink).toBe(parsed.page.nextLink);
  expect(scanned.page.items.map(storedText)).toEqual(parsed.page.items.map(storedText));
  for (const property of ["id", "name", "mail", "enabled", "count", "members"])
    expect(scanned.page.items.map((item) => item[property])).toEqual(
      parsed.page.items.map((item) => item[property]),
    );
  // A view has lists in the order in which they are stored.
  const sorted = (item: GraphObject) =>
    Array.isArray(item.addresses) ? [...item.addresses].sort() : item.addresses;
  expect(scanned.page.items.map(sorted)).toEqual(parsed.page.items.map(sorted));
  return scanned;
}

function storedText(object: GraphObject): string {
  const to = new ByteText();
  setJson(to, shape.data(object));
  return to.toString();
}

const bytesOf = (value: unknown, space?: string | number) => Buffer.from(JSON.stringify(value, null, space));
const isScanned = (outcome: Outcome<GraphObject>) =>
  "page" in outcome && outcome.page.items.every((item) => item instanceof ScannedObject);

describe("pages that are read as bytes", () => {
  it("give what JSON.parse and the schema give", () => {
    fc.assert(
      fc.property(fc.array(shuffled(good)), indent, (items, space) => {
        expectAlike(bytesOf(linked(items), space));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("refuse what the schema refuses, in its words", () => {
    fc.assert(
      fc.property(shuffled(good), odd, (item, other) => {
        expectAlike(bytesOf(linked([item, { ...item, ...other }])));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("refuse what was cut off or is damaged anywhere", () => {
    const whole = bytesOf(linked([{ id: "1", name: "a", enabled: true, count: 12, addresses: ["b"] }]), 1);
    for (let at = 0; at < whole.length; at++) {
      expectAlike(whole.subarray(0, at));
      for (const byte of [0x00, 0x22, 0x2c, 0x2d, 0x30, 0x5c, 0x7d, 0xff]) {
        const damaged = Buffer.from(whole);
        damaged[at] = byte;
        expectAlike(damaged);
      }
    }
  });

  it("are not made into objects where Graph writes as it does", () => {
    const item = {
      id: "1",
      name: "Zoë",
      mail: null,
      addresses: ["SMTP:a@b", "smtp:c@b"],
      licenses: [{ skuId: "x" }],
    };
    expect(
      isScanned(expectAlike(bytesOf(linked([item, { name: 'with "quotes"', id: "2", enabled: false }])))),
    ).toBe(true);
  });

  it("takes the last of a name that comes twice", () => {
    expectAlike(Buffer.from('{"value":[{"id":"1","name":"a","name":"b"}]}'));
    expectAlike(Buffer.from('{"value":[{"id":"1","name":"a"}],"value":[]}'));
  });

  it("tell who uses an object after its page", () => {
    const reader = new PageReader(shape.pageSchema);
    const [object] = reader.page(bytesOf(linked([{ id: "1", name: "a" }]))).items;
    expect(object?.name).toBe("a");
    reader.page(bytesOf(linked([{ id: "2", name: "b" }])));
    expect(() => object?.name).toThrow("after its page");
  });
});

describe("related objects that are read as bytes", () => {
  it("are what JSON.parse and the schema give", () => {
    fc.assert(
      fc.property(fc.array(shuffled(related)), indent, (items, space) => {
        const bytes = bytesOf(linked(items), space);
        expect(outcomeOf(relatedPageSchema, bytes)).toEqual(outcomeOf(relatedObjectSchema, bytes));
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
