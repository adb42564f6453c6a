/** One `$batch` call (page "Combine multiple HTTP requests using JSON batching"): every item is judged by itself. */
import { z } from "zod";
import { type Charge, chargeOf, sumOf } from "../budget/costs";
import type { Page } from "../client";
import { GraphError } from "../errors";
import { MalformedReplyError, type Reply } from "../exchange";
import { troubleOf } from "../judge";
import type { GraphVersion, Links } from "../links";
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
      body: z.unknown(),
    }),
  ),
});

type Answers = z.output<typeof replySchema>["responses"];

export interface BatchUse {
  readonly transport: Transport;
  readonly links: Links;
}

/** Items keep their order; ids on the wire are their places, as the caller's may be long or repeated. */
export async function sendBatch<Item>(
  { transport, links }: BatchUse,
  items: readonly BatchItem[],
  read: (body: unknown) => Page<Item>,
  signal: AbortSignal,
  whenWanted: () => Promise<void>,
): Promise<readonly ItemOutcome<Item>[]> {
  const answers = await transport.send<Answers>(
    {
      method: "POST",
      url: links.batch(items[0]?.version ?? "v1.0"),
      body: { requests: items.map(({ path }, index) => ({ id: String(index), method: "GET", url: path })) },
      charges: sumOf(items.map(({ charge }) => charge)),
      read: readAnswers,
      whenWanted,
    },
    signal,
  );
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  return items.map((item, index) => {
    const answer = byId.get(String(index));
    const reply: Reply | undefined = answer && {
      status: answer.status,
      headers: lowerCase(answer.headers ?? {}),
      body: answer.body,
    };
    return judgeItem(transport, links, item, reply, read);
  });
}

function readAnswers(body: unknown): Answers {
  const parsed = replySchema.safeParse(body);
  if (!parsed.success) throw new MalformedReplyError("it is not the reply to a batch");
  return parsed.data.responses;
}

function judgeItem<Item>(
  { use }: Transport,
  links: Links,
  item: BatchItem,
  reply: Reply | undefined,
  read: (body: unknown) => Page<Item>,
): ItemOutcome<Item> {
  const call = {
    method: "GET",
    url: links.absolute(item.version === "beta" ? `/beta${item.path}` : item.path),
  } as const;
  try {
    if (reply === undefined) throw new MalformedReplyError("the batch has no answer for it");
    use.governor.learn(item.charge, reply.headers);
    if (reply.status >= 200 && reply.status < 300) return { item, page: read(reply.body) };
    return { item, trouble: troubleOf(use, call, reply, item.charge.budget) };
  } catch (error) {
    if (error instanceof MalformedReplyError)
      return { item, trouble: { kind: "malformed", error: use.failures.malformed(call, error, reply) } };
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
