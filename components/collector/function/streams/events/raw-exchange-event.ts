/** Events of the Exchange feed as they stand in a content's bytes: most are only passed on. */
import type { ByteText } from "../../json/byte-text";
import { type RawObject, RawScanner } from "../../json/raw-object";
import type { WritesJson } from "../../json/writes-json";
import { utcOf } from "./clock";

/** Properties that are looked at, by their place in a `RawObject`. */
const property = {
  Id: 0,
  CreationTime: 1,
  Operation: 2,
  UserId: 3,
  ClientIPAddress: 4,
  ClientIP: 5,
  ResultStatus: 6,
  LogonType: 7,
} as const;

const scanner = new RawScanner(Object.keys(property));

/**
 * The entries of a content, objects among them as `RawObject`.
 * @returns undefined when `JSON.parse` has to read it
 */
export const rawEvents = (content: Buffer): readonly unknown[] | undefined => scanner.list(content);

/** The id of an event and what is stored of it, like `eventData`; undefined for one that something is wrong with. */
export function rawEventData(raw: RawObject): { readonly id: string; readonly data: object } | undefined {
  const id = raw.text(property.Id);
  const at = utcOf(raw.text(property.CreationTime));
  if (id === undefined || at === undefined || !raw.isText(property.Operation)) return undefined;
  return { id, data: new RawEventData(at, id, raw) };
}

/** Value of `LogonType`, by which access by others than the owner is told. */
export const logonTypeOf = (raw: RawObject): unknown => raw.value(property.LogonType);

class RawEventData implements WritesJson {
  constructor(
    readonly at: string,
    private readonly id: string,
    private readonly raw: RawObject,
  ) {}

  writeJson(to: ByteText): void {
    const { raw } = this;
    to.text('{"at":"');
    to.text(this.at);
    to.text('","id":');
    to.jsonString(this.id);
    to.text(',"operation":');
    raw.writeText(property.Operation, to);
    to.text(',"userId":');
    raw.writeText(property.UserId, to);
    to.text(',"clientIp":');
    raw.writeText(raw.isText(property.ClientIPAddress) ? property.ClientIPAddress : property.ClientIP, to);
    to.text(',"result":');
    raw.writeText(property.ResultStatus, to);
    to.text(',"event":');
    to.copy(raw.bytes, raw.start, raw.stop);
    to.text("}");
  }
}
