import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PageReader } from "../../../components/collector/function/graph/page-reader";
import { ByteText } from "../../../components/collector/function/json/byte-text";
import { RawObject } from "../../../components/collector/function/json/raw-object";
import { setJson } from "../../../components/collector/function/json/writes-json";
import type { RecordChange } from "../../../components/collector/function/model/record";
import { eventSettings } from "../../../components/collector/function/model/settings";
import { recordsOf } from "../../../components/collector/function/streams/events/exchange-content";
import { LogEntries } from "../../../components/collector/function/streams/events/log-entries";
import { rawEvents } from "../../../components/collector/function/streams/events/raw-exchange-event";
import { signInLog } from "../../../components/collector/function/streams/events/sign-ins";

const clock = fc.constantFrom(
  "2026-03-01T01:02:03",
  "2026-03-01T01:02:03.4567Z",
  "2026-03-01T01:02:03+02:00",
  "never",
  "",
);
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.constantFrom("", "a", 'quoted "', "\\", "\u2028\ud83d\ude00"),
);
const value = fc.oneof(
  text,
  fc.jsonValue({ maxDepth: 2 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constant(1e300),
);

/** What is written of each change, as it would be read again. */
function written(changes: readonly RecordChange[] | undefined): unknown {
  return changes?.map(({ type, key, data }) => {
    const json = new ByteText();
    setJson(json, data ?? {});
    expect(json.toString()).not.toMatch(/[\n\r]/);
    return { type, key, at: Reflect.get(data ?? {}, "at"), data: JSON.parse(json.toString()) };
  });
}

describe("an event of Exchange that is passed on as it came", () => {
  const event = fc.record(
    {
      Id: fc.oneof(fc.uuid(), text, value),
      CreationTime: fc.oneof(clock, value),
      Operation: fc.oneof(fc.constant("Send"), value),
      UserId: fc.oneof(fc.constantFrom("a@b.example", "o@b.example"), value),
      ClientIP: value,
      ClientIPAddress: value,
      ResultStatus: value,
      LogonType: fc.oneof(fc.constantFrom(0, 1, 2, "Admin", "Owner"), value),
      MailboxOwnerUPN: fc.constantFrom("o@b.example", "p@b.example"),
      Item: value,
      __proto__: value,
    },
    { requiredKeys: [] },
  );
  const content = { contentId: "c", contentUri: "u", contentCreated: "2026-03-01T02:00:00Z" };

  it("is stored as if it had been an object", () => {
    const events = eventSettings.parse({ nonOwnerMailboxAccess: true });
    fc.assert(
      fc.property(fc.array(fc.oneof(event, event, event, value)), (list) => {
        const bytes = Buffer.from(JSON.stringify(list));
        // Over several lines it is left to JSON.parse.
        const other = Buffer.from(JSON.stringify(list, null, 1));
        if (list.length > 0) expect(rawEvents(other)).toBeUndefined();
        expect(written(recordsOf(content, bytes, events))).toEqual(
          written(recordsOf(content, other, events)),
        );
      }),
      { numRuns: 500 },
    );
  });

  it("is looked at without being parsed, unless somebody else than the owner may have used a mailbox", () => {
    const list = rawEvents(Buffer.from('[ {"Id":"a","Score":1.50e3,"Deep":{"x":[{}]}}, "{}", 7 ]'));
    const [first, ...others] = list ?? [];
    expect(first instanceof RawObject && first.parsed()).toEqual({ Id: "a", Score: 1500, Deep: { x: [{}] } });
    expect(others).toEqual(["{}", 7]);
  });

  it.each([
    '[{"a":1},]',
    '[{"a":01}]',
    '[{"a":.5}]',
    '[{"a":1e}]',
    '[{"a":+1}]',
    '[{"a":"\\x"}]',
    "[{}] []",
    "[{]",
    '["',
  ])("is refused where JSON is broken: %s", (broken) => {
    expect(rawEvents(Buffer.from(broken))).toBeUndefined();
    expect(recordsOf(content, Buffer.from(broken), eventSettings.parse({}))).toBeUndefined();
  });

  it("is never passed on with bytes that are no text", () => {
    const bytes = Buffer.concat([Buffer.from('[{"Id":"'), Buffer.from([0xff, 0xc0]), Buffer.from('"}]')]);
    expect(rawEvents(bytes)).toBeUndefined();
  });
});

describe("an entry of a log that is passed on as it came", () => {
  const entry = fc.record(
    {
      id: fc.oneof(fc.uuid(), value),
      createdDateTime: fc.oneof(clock, value),
      signInEventTypes: fc.oneof(
        fc.constantFrom(["nonInteractiveUser"], ["servicePrincipal", "x"], []),
        value,
      ),
      at: value,
      kind: value,
      status: value,
    },
    { requiredKeys: [] },
  );

  it("is stored as if it had been an object", () => {
    const entries = new LogEntries(signInLog);
    const reader = new PageReader(entries.schema);
    const from = "2026-03-01T00:00:00.000Z";
    fc.assert(
      fc.property(fc.array(fc.oneof(entry, entry, value)), (list) => {
        const read = (json: string) =>
          written(reader.page(Buffer.from(json)).items.map((item) => entries.changeOf(item, from).change));
        expect(read(JSON.stringify({ value: list }))).toEqual(read(JSON.stringify({ value: list }, null, 1)));
      }),
      { numRuns: 500 },
    );
    const { items } = reader.page(Buffer.from('{"value":[{"id":"a"}]}'));
    expect(items[0]).toBeInstanceOf(RawObject);
  });
});
