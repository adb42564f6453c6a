/** One `$batch` call (page "Combine multiple HTTP requests using JSON batching"): every item is judged by itself. */
import { z } from "zod";
import { type Charge, chargeOf, sumOf } from "../budget/costs";
import type { Page } from "../client";
import { GraphError } from "../errors";
import { MalformedReplyError } from "../exchange";
import { troubleOf } from "../judge";
import type { GraphVersion, Links } from "../links";
import type { PageReader } from "../page-reader";
import { parseGood } from "../parse";
import type { Patience, Trouble } from "../patience";
import type { Transport } from "../transport";

/** One GET on its way. */
export interface BatchItem {
  readonly id: string;
  readonly version: GraphVersion;
  /** Below the version, with a leading slash. */
  readonly path: string;
  readonly charge: Charge;
  /** Its own attempts; made at the first that fails. */
  patience?: Patience;
}

/** What one call made of one item. */
export type ItemOutcome<Item> =
  | { readonly item: BatchItem; readonly page: Page<Item> }
  | { readonly item: BatchItem; readonly error: GraphError }
  | { readonly item: BatchItem; readonly trouble: Trouble };

/** Documented limit of items. */
export const batchSize = 20;

const replySchema = z.object({
  responses: z.array(
    z.object({
      id: z.coerce.string(),
      status: z.number(),
      headers: z.record(z.string(), z.coerce.string()).nullish(),
      body: z.unknown().optional(),
      bytes: z.instanceof(Buffer).optional(),
    }),
  ),
});

/** One answer; its body is read when it is its turn. */
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed already, or bytes yet. */
  readonly body: { readonly value: unknown } | { readonly bytes: Buffer };
}

export interface BatchUse {
  readonly transport: Transport;
  readonly links: Links;
}

/** What came back for the items of one call; not yet judged, since what is read lives for a moment only. */
export interface BatchReply<Item> {
  readonly items: readonly BatchItem[];
  /** Reads the answer to an item. */
  outcome(item: BatchItem): ItemOutcome<Item>;
}

/** Ids on the wire are the items' places, as the caller's may be long or repeated. */
export async function sendBatch<Item>(
  { transport, links }: BatchUse,
  items: readonly BatchItem[],
  reader: PageReader<Item>,
  signal: AbortSignal,
  whenWanted: () => Promise<void>,
): Promise<BatchReply<Item>> {
  const answers = await transport.send<ReadonlyMap<string, Answer>>(
    {
      method: "POST",
      url: links.batch(items[0]?.version ?? "v1.0"),
      body: { requests: items.map(({ path }, index) => ({ id: String(index), method: "GET", url: path })) },
      charges: sumOf(items.map(({ charge }) => charge)),
      read: (bytes) => readAnswers(reader, bytes),
      whenWanted,
    },
    signal,
  );
  return {
    items,
    outcome: (item) => judgeItem(transport, links, item, answers.get(String(items.indexOf(item))), reader),
  };
}

function readAnswers(reader: PageReader<unknown>, bytes: Buffer): ReadonlyMap<string, Answer> {
  const scanned = reader.answers(bytes);
  const parsed = replySchema.safeParse(scanned === undefined ? parseGood(bytes) : { responses: scanned });
  if (!parsed.success) throw new MalformedReplyError("it is not the reply to a batch");
  return new Map(
    parsed.data.responses.map(({ id, status, headers, bytes: part, body }) => [
      id,
      {
        status,
        headers: lowerCase(headers ?? {}),
        body: part === undefined ? { value: body } : { bytes: part },
      },
    ]),
  );
}

function judgeItem<Item>(
  { use }: Transport,
  links: Links,
  item: BatchItem,
  answer: Answer | undefined,
  reader: PageReader<Item>,
): ItemOutcome<Item> {
  const call = {
    method: "GET",
    url: links.absolute(item.version === "beta" ? `/beta${item.path}` : item.path),
  } as const;
  try {
    if (answer === undefined) throw new MalformedReplyError("the batch has no answer for it");
    const { status, headers, body } = answer;
    use.governor.learn(item.charge, headers);
    if (status >= 200 && status < 300)
      return { item, page: "bytes" in body ? reader.part(body.bytes) : reader.parsed(body.value) };
    const value = "bytes" in body ? parseGood(body.bytes) : body.value;
    return { item, trouble: troubleOf(use, call, { status, headers, body: value }, item.charge.budget) };
  } catch (error) {
    if (error instanceof MalformedReplyError)
      return { item, trouble: { kind: "malformed", error: use.failures.malformed(call, error, answer) } };
    if (error instanceof GraphError) return { item, error };
    throw error;
  }
}

const lowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** @param path relative to the version, or a link that the service gave */
export function batchItem(links: Links, id: string, path: string): BatchItem {
  const relative = links.relative(path);
  return { id, ...relative, charge: chargeOf(relative.path) };
}
