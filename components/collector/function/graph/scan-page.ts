/** Pages and replies to batches, read from bytes without making objects of all they hold. */
import { type JsonCursor, refuse, sign } from "../json/cursor";
import type { ItemFormat } from "../json/item-format";
import type { Page } from "./client";

/** A page, as an object at the cursor. @throws UnexpectedJson for what is left to `JSON.parse` */
export function scanPage(cursor: JsonCursor, format: ItemFormat): Page<unknown> {
  let items: unknown[] | undefined;
  let nextLink: string | undefined;
  let deltaLink: string | undefined;
  if (!cursor.enter(sign.objectStart, sign.objectEnd)) refuse();
  do {
    cursor.string();
    const name = cursor.text();
    cursor.expect(sign.colon);
    if (name === "error") refuse();
    if (name === "value") items = items === undefined ? scanItems(cursor, format) : refuse();
    else if (name === "@odata.nextLink") nextLink = scanLink(cursor, nextLink);
    else if (name === "@odata.deltaLink") deltaLink = scanLink(cursor, deltaLink);
    else cursor.value();
  } while (cursor.more(sign.objectEnd));
  if (items === undefined || cursor.peek() !== 0 || cursor.at < cursor.bytes.length) refuse();
  return { items, nextLink, deltaLink };
}

function scanItems(cursor: JsonCursor, format: ItemFormat): unknown[] {
  const items: unknown[] = [];
  if (!cursor.enter(sign.listStart, sign.listEnd)) return items;
  do items.push(format.read(cursor));
  while (cursor.more(sign.listEnd));
  return items;
}

function scanLink(cursor: JsonCursor, before: string | undefined): string {
  cursor.string();
  const link = cursor.text();
  return link === "" || before !== undefined ? refuse() : link;
}

/** One answer of a batch, its body not yet read. */
export interface ScannedAnswer {
  readonly id: string;
  readonly status: number;
  readonly headers: unknown;
  readonly bytes: Buffer;
}

/** The reply to a batch, as an object at the cursor. @throws UnexpectedJson for what is left to `JSON.parse` */
export function scanAnswers(cursor: JsonCursor): readonly ScannedAnswer[] {
  let answers: ScannedAnswer[] | undefined;
  if (!cursor.enter(sign.objectStart, sign.objectEnd)) refuse();
  do {
    cursor.string();
    const name = cursor.text();
    cursor.expect(sign.colon);
    if (name !== "responses") cursor.value();
    else if (answers !== undefined) refuse();
    else {
      answers = [];
      if (!cursor.enter(sign.listStart, sign.listEnd)) continue;
      do answers.push(scanAnswer(cursor));
      while (cursor.more(sign.listEnd));
    }
  } while (cursor.more(sign.objectEnd));
  if (answers === undefined || cursor.peek() !== 0 || cursor.at < cursor.bytes.length) refuse();
  return answers;
}

function scanAnswer(cursor: JsonCursor): ScannedAnswer {
  const parts = new Map<string, Buffer>();
  if (!cursor.enter(sign.objectStart, sign.objectEnd)) refuse();
  do {
    cursor.string();
    const name = cursor.text();
    cursor.expect(sign.colon);
    cursor.value();
    if (parts.has(name)) refuse();
    parts.set(name, cursor.bytes.subarray(cursor.start, cursor.stop));
  } while (cursor.more(sign.objectEnd));
  const decoded = (name: string): unknown => {
    const part = parts.get(name);
    return part === undefined ? undefined : JSON.parse(part.toString("utf8"));
  };
  const id = decoded("id");
  const status = decoded("status");
  const bytes = parts.get("body");
  if (typeof id !== "string" || typeof status !== "number" || bytes === undefined) refuse();
  return { id, status, headers: decoded("headers"), bytes };
}
