/** Makes the reader of one connector's feed of Office 365 events. */
import { z } from "zod";
import { Deadline } from "../graph/deadline";
import { GraphError } from "../graph/errors";
import { header, MalformedReplyError } from "../graph/exchange";
import { Counters, type GraphLog } from "../graph/figures";
import { giveBack } from "../graph/middleware/body-buffers";
import { realTiming, type Timing } from "../graph/timing";
import { type ForgettingCredential, TokenSource } from "../graph/token";
import { sign } from "../json/cursor";
import type { ActivityReader, ContentPage, ContentWindow } from "./client";
import { alreadyEnabled } from "./failures";
import { PublisherGovernor, publisherGovernor } from "./governor";
import { ActivityTransport, takeText } from "./transport";

export interface ActivityReaderOptions {
  /** Root of the API in the connector's cloud; its token is for it, too. */
  readonly root: string;
  readonly credential: ForgettingCredential;
  /** GUID of the tenant that is read. */
  readonly tenantId: string;
  /** GUID that requests are counted by; default the tenant's. */
  readonly publisherIdentifier?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** When the run must have stopped. */
  readonly deadline?: Date | undefined;
  readonly log?: GraphLog | undefined;
  /** Milliseconds that one request may spend waiting; default half an hour. */
  readonly patienceMilliseconds?: number | undefined;
  /** Tests bring their own time; the budget is then this reader's alone. */
  readonly timing?: Timing | undefined;
}

const halfAnHour = 30 * 60_000;

const contentSchema = z.object({
  contentId: z.string(),
  contentUri: z.string(),
  contentCreated: z.string(),
  contentExpiration: z.string().optional(),
});
const contentsSchema = z.array(contentSchema);

/** A reader of the feed; cheap to make, one a run. Readers of the same publisher and tenant share the budget. */
export function createActivityReader(options: ActivityReaderOptions): ActivityReader {
  const timing = options.timing ?? realTiming;
  const root = options.root.replace(/\/+$/, "");
  const publisher = options.publisherIdentifier ?? options.tenantId;
  const counters = new Counters();
  const transport = new ActivityTransport({
    tokens: new TokenSource(options.credential, `${root}/.default`, timing),
    governor:
      options.timing === undefined
        ? publisherGovernor(root, options.tenantId, publisher)
        : new PublisherGovernor(timing),
    deadline: new Deadline(options.deadline?.getTime(), options.signal, timing),
    timing,
    counters,
    log: options.log ?? (() => {}),
    patienceMilliseconds: options.patienceMilliseconds ?? halfAnHour,
  });
  const feed = `${root}/api/v1.0/${options.tenantId}/activity/feed`;
  const own = (link: string) => ownUrl(link, root, publisher);
  return {
    figures: counters,
    start: async (contentType) => {
      const url = own(`${feed}/subscriptions/start?contentType=${contentType}`);
      const what = `starting the subscription to ${contentType}`;
      try {
        await transport.send({ method: "POST", url, what, read: giveBack });
      } catch (error) {
        if (!(error instanceof GraphError) || error.details.code !== alreadyEnabled) throw error;
      }
    },
    list: async (contentType, window, next) =>
      transport.send({
        method: "GET",
        url: own(next ?? listUrl(feed, contentType, window)),
        what: `listing ${contentType}`,
        read: (bytes, headers): ContentPage => ({
          contents: contentsOf(takeText(bytes)),
          next: header(headers, "nextpageuri") || undefined,
        }),
      }),
    read: async ({ contentUri, contentId }) =>
      transport.send({
        method: "GET",
        url: own(contentUri),
        what: `reading content ${contentId.slice(0, 40)}`,
        read: wholeList,
      }),
  };
}

function listUrl(feed: string, contentType: string, { from, to }: ContentWindow): string {
  const clock = (at: number) => new Date(at).toISOString().slice(0, 19);
  const window = `startTime=${clock(from)}&endTime=${clock(to)}`;
  return `${feed}/subscriptions/content?contentType=${contentType}&${window}`;
}

/**
 * A link of the service, letter for letter, with the publisher, who must be named in every request.
 * @throws GraphError for a link to another host: a token never goes there
 */
function ownUrl(link: string, root: string, publisher: string): string {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  if (url?.origin !== new URL(root).origin || url.username !== "" || url.password !== "") {
    throw new GraphError(
      "malformed",
      `The Office 365 Management Activity API gave a link to ${url?.host || "an unreadable address"}, which is not its host. No token was sent there.`,
    );
  }
  if (/[?&]PublisherIdentifier=/i.test(link)) return link;
  return `${link}${link.includes("?") ? "&" : "?"}PublisherIdentifier=${publisher}`;
}

/** A content that was cut off is asked for again; what is within is looked at when it is taken. */
function wholeList(bytes: Buffer): Buffer {
  let [start, stop] = [bytes.subarray(0, 3).equals(byteOrderMark) ? 3 : 0, bytes.length];
  while (isSpace(bytes[start])) start++;
  while (stop > start && isSpace(bytes[stop - 1])) stop--;
  if (bytes[start] === sign.listStart && bytes[stop - 1] === sign.listEnd) return bytes.subarray(start, stop);
  giveBack(bytes);
  throw new MalformedReplyError("the content is no list, or was cut off");
}

const byteOrderMark = Buffer.from("\ufeff");
const isSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

function contentsOf(text: string): ContentPage["contents"] {
  let body: unknown;
  try {
    body = text === "" ? [] : JSON.parse(text);
  } catch (cause) {
    throw new MalformedReplyError("the listing is not JSON, or was cut off", { cause });
  }
  const parsed = contentsSchema.safeParse(body);
  if (!parsed.success) throw new MalformedReplyError("the listing has another shape");
  return parsed.data;
}
