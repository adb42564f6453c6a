/** Records of a log's entries: passed on as they stand in the bytes of a page where they can be. */
import { z } from "zod";
import type { ByteText } from "../../json/byte-text";
import { refuse } from "../../json/cursor";
import { type ItemFormat, readBy } from "../../json/item-format";
import { isOneLine, RawObject, RawScanner } from "../../json/raw-object";
import type { WritesJson } from "../../json/writes-json";
import type { RecordChange } from "../../model/record";
import { utcOf } from "./clock";
import type { Log } from "./log-stream";
import { problemRecord, textOf } from "./problems";

/** Places of properties in a `RawObject`. */
const property = { id: 0, time: 1, label: 2, at: 3, kind: 4 } as const;
/** Labels that are remembered by what they are told by. */
const mostLabels = 1_000;

/** Of one log. */
export class LogEntries {
  /** Takes anything: what is no entry becomes an `eventProblem`. */
  readonly schema: z.ZodUnknown;
  private readonly labels = new Map<string, string>();

  constructor(private readonly log: Log) {
    const names = ["id", log.timeProperty, log.label.property, "at", "kind"];
    this.schema = readBy(z.unknown(), () => new RawFormat(new RawScanner(names)));
  }

  /**
   * @param from about when it happened, for an entry that does not say so
   * @returns the record, and when the entry happened where it says so
   */
  changeOf(item: unknown, from: string): { readonly change: RecordChange; readonly at: string | undefined } {
    return (item instanceof RawObject ? this.rawChange(item) : undefined) ?? this.parsedChange(item, from);
  }

  private rawChange(raw: RawObject) {
    const [key, at] = [raw.text(property.id), utcOf(raw.text(property.time))];
    // What is added must not be there already.
    if (key === undefined || at === undefined || raw.has(property.at) || raw.has(property.kind))
      return undefined;
    return { change: { type: this.log.type.type, key, data: new RawEntry(at, raw, this.labelOf(raw)) }, at };
  }

  private parsedChange(item: unknown, from: string) {
    const value = item instanceof RawObject ? item.parsed() : item;
    const { name, timeProperty, type, label } = this.log;
    const id = textOf(value, "id");
    const at = utcOf(textOf(value, timeProperty));
    if (id === undefined || at === undefined) {
      const reason = id === undefined ? "id is missing" : `${timeProperty} is no date-time`;
      return {
        change: problemRecord({ stream: name, raw: value, reason, at: at ?? from, id }),
        at: undefined,
      };
    }
    const data = Object(value);
    const added = label.of(Reflect.get(data, label.property));
    return { change: { type: type.type, key: id, data: Object.assign(data, added, { at }) }, at };
  }

  /** JSON of what is added, for example `"kind":"interactive",`. */
  private labelOf(raw: RawObject): string {
    const by = raw.json(property.label);
    const known = this.labels.get(by);
    if (known !== undefined) return known;
    const json = JSON.stringify(this.log.label.of(raw.value(property.label))).slice(1, -1);
    const label = json === "" ? "" : `${json},`;
    if (this.labels.size >= mostLabels) this.labels.clear();
    this.labels.set(by, label);
    return label;
  }
}

class RawFormat implements ItemFormat {
  private checked: Buffer | undefined;

  constructor(private readonly scanner: RawScanner) {}

  begin(): void {
    this.checked = undefined;
  }

  read(cursor: Parameters<ItemFormat["read"]>[0]): RawObject {
    if (this.checked !== cursor.bytes && !isOneLine(cursor.bytes)) refuse();
    this.checked = cursor.bytes;
    return this.scanner.objectAt(cursor);
  }
}

/** What is stored of an entry: the entry, its label, and when it happened. */
class RawEntry implements WritesJson {
  constructor(
    readonly at: string,
    private readonly raw: RawObject,
    private readonly label: string,
  ) {}

  writeJson(to: ByteText): void {
    const { raw } = this;
    // Without the brace at its end; there is an id at least before it.
    to.copy(raw.bytes, raw.start, raw.stop - 1);
    to.text(",");
    to.text(this.label);
    to.text('"at":"');
    to.text(this.at);
    to.text('"}');
  }
}
