/** Spoils good replies in the ways that clients of paged services meet. */
import { z } from "zod";
import type { Fault } from "../types";

/** What spoiling works with. */
export interface Spoiling {
  readonly fault: Fault;
  /** The URL as the client wrote it. */
  readonly url: URL;
  /** Answers another URL of the same service for the same caller. */
  readonly answer: (url: URL) => Promise<Response>;
  /** Cuts the connection. */
  readonly cut: () => void;
}

/** Marks links that the spoiler made, so that the request which follows them gets the rest; services never see it. */
const markName = "tenant-page";

const pageSchema = z.looseObject({ value: z.array(z.unknown()), "@odata.nextLink": z.string().optional() });
type PageBody = z.output<typeof pageSchema>;

/** The URL without the spoiler's mark, and the mark. */
export function takeMark(url: URL): { readonly url: URL; readonly mark: string | undefined } {
  const match = new RegExp(`[?&]${markName}=([a-z]+(?:-\\d+)*)`).exec(url.search);
  if (match?.[1] === undefined) return { url, mark: undefined };
  const plain = new URL(url);
  plain.search = url.search.replace(match[0], "").replace(/^&/, "?");
  return { url: plain, mark: match[1] };
}

/** What a marked link leads to: the rest of a short page, or the page that was passed over. */
export async function followMark(
  mark: string,
  response: Response,
  answer: Spoiling["answer"],
): Promise<Response> {
  const page = await pageOf(response.clone());
  if (page === undefined) return response;
  const from = /^from-(\d+)/.exec(mark)?.[1];
  if (from !== undefined) return withPage(response, { ...page, value: page.value.slice(Number(from)) });
  const next = page["@odata.nextLink"];
  if (mark !== "passed" || next === undefined) return response;
  const { value: _, ...links } = await bodyOf(await answer(new URL(next)));
  const { "@odata.nextLink": __, ...rest } = page;
  return withPage(response, { ...rest, ...linksOf(links), value: page.value });
}

/** The reply, spoiled; as it is when it is no page and the spoiling is one of pages. */
export async function spoil(response: Response, spoiling: Spoiling): Promise<Response> {
  const { fault } = spoiling;
  switch (fault.reply) {
    case undefined:
      return response;
    case "reset":
      return cutInTheMiddle(response, spoiling.cut);
    case "truncated":
      return rewrite(response, (text) => text.slice(0, Math.floor(text.length / 2)));
    case "malformed":
      return rewrite(response, (text) => text.replace(/[{[]/, "$&<"));
    case "error-in-200": {
      const { code = "serviceNotAvailable", message = "The service is temporarily unavailable." } = fault;
      return Response.json({ error: { code, message } }, { status: 200 });
    }
    default:
      return spoilPage(response, spoiling, fault.reply);
  }
}

async function spoilPage(
  response: Response,
  { url, answer }: Spoiling,
  reply: Exclude<Fault["reply"], undefined>,
): Promise<Response> {
  const page = await pageOf(response.clone());
  if (page === undefined) return response;
  const next = page["@odata.nextLink"];
  const { "@odata.deltaLink": _, ...withoutEnd } = page;
  const before = takeMark(url);
  const [, offset = 0, turn = 0] = (/^from-(\d+)-(\d+)$/.exec(before.mark ?? "") ?? []).map(Number);
  // Every link differs from the one before: a client that meets the same one twice rightly gives up.
  const again = `from-${offset}-${turn + 1}`;
  const leadsTo = (mark: string) => ({ "@odata.nextLink": marked(before.url, mark) });
  const half = Math.floor(page.value.length / 2);
  switch (reply) {
    case "empty-page":
      return withPage(response, {
        ...withoutEnd,
        ...leadsTo(before.mark === "passed" ? "passed" : again),
        value: [],
      });
    case "duplicate-page":
      return withPage(response, { ...withoutEnd, ...leadsTo(before.mark === "passed" ? "passed" : again) });
    case "short-page":
      return half === 0 || before.mark === "passed"
        ? response
        : withPage(response, {
            ...withoutEnd,
            ...leadsTo(`from-${offset + half}-0`),
            value: page.value.slice(0, half),
          });
    case "looping-link":
      return withPage(response, { ...withoutEnd, "@odata.nextLink": url.href });
    case "swapped-pages": {
      if (next === undefined || before.mark !== undefined) return response;
      const { value } = await bodyOf(await answer(new URL(next)));
      return withPage(response, {
        ...withoutEnd,
        ...leadsTo("passed"),
        value: z.array(z.unknown()).parse(value),
      });
    }
    default:
      return response;
  }
}

function marked(url: URL, mark: string): string {
  return `${url.href}${url.search === "" ? "?" : "&"}${markName}=${mark}`;
}

const bodySchema = z.record(z.string(), z.unknown());

const bodyOf = async (response: Response): Promise<Record<string, unknown>> =>
  bodySchema.parse(await response.json());

async function pageOf(response: Response): Promise<PageBody | undefined> {
  if (response.status !== 200 || !response.headers.get("content-type")?.startsWith("application/json")) {
    return undefined;
  }
  return pageSchema.safeParse(await response.json()).data;
}

const linksOf = (body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(body).filter(([name]) => /^@odata\.(next|delta)Link$/.test(name)));

const withPage = (response: Response, page: unknown): Response =>
  new Response(JSON.stringify(page), { status: response.status, headers: response.headers });

async function rewrite(response: Response, change: (text: string) => string): Promise<Response> {
  const text = change(await response.text());
  return new Response(text, { status: response.status, headers: response.headers });
}

/** Half of the body arrives, then the connection is gone. */
async function cutInTheMiddle(response: Response, cut: () => void): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const headers = new Headers(response.headers);
  headers.set("content-length", String(bytes.length));
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(bytes.subarray(0, Math.floor(bytes.length / 2)));
      setTimeout(cut, cutAfter);
    },
  });
  return new Response(body, { status: response.status, headers });
}

/** Milliseconds: long enough for the first half to leave. */
const cutAfter = 20;
