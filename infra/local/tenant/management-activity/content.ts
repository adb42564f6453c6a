/** Listing content by the time at which it was made, and reading it. */
import type { Clock } from "../core/types";
import type { ContentBlob, Feeds, Mark } from "../feeds";
import { refusals } from "./errors";

const day = 86_400_000;
/** Content can be listed and read for seven days. */
const kept = 7 * day;
/** Blobs in one listing; the next is named by the header NextPageUri. */
const pageSize = 200;
/** Clients work out seven days by their own clocks. */
const tolerance = 60_000;

/** A window of time: from (included) to (not included), milliseconds since 1970. */
interface ContentWindow {
  readonly from: number;
  readonly to: number;
}

/** The window that a request asks for; the last 24 hours when it asks for none. */
export function windowOf(start: string | undefined, end: string | undefined, now: number): ContentWindow {
  if (start === undefined && end === undefined) return { from: now - day, to: now };
  if (start === undefined || end === undefined) throw refusals.window();
  const [from, to] = [instant("startTime", start), instant("endTime", end)];
  if (to < from || to - from > day || from < now - kept - tolerance) throw refusals.window();
  return { from, to };
}

/** `YYYY-MM-DD`, `…THH:MM` or `…THH:MM:SS`, in universal time. */
function instant(parameter: string, text: string): number {
  const match = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z?)?$/.exec(text);
  const parsed =
    match === null ? Number.NaN : Date.parse(text.includes("T") ? `${text.replace(/Z$/, "")}Z` : text);
  if (Number.isNaN(parsed)) throw refusals.invalid(parameter, "DateTime");
  return parsed;
}

/** One page of a listing. */
interface ContentPage {
  readonly blobs: readonly ContentBlob[];
  readonly next: string | undefined;
}

/** Blobs of a window that can be seen now, after the place that `nextPage` names. */
export function listContent(
  feeds: Feeds,
  clock: Clock,
  { from, to }: ContentWindow,
  nextPage: string | undefined,
): ContentPage {
  const now = clock.now();
  const after = nextPage === undefined ? undefined : readPlace(nextPage);
  const blobs: ContentBlob[] = [];
  let last: Mark | undefined;
  for (const found of feeds.content.walk({ from, to: Math.min(now, to - 1), descending: false, after })) {
    if (found.source.visibleAt(found.place) > now) continue;
    if (blobs.length === pageSize && last !== undefined) return { blobs, next: writePlace(last) };
    blobs.push(found.source.event(found.place));
    last = found;
  }
  return { blobs, next: undefined };
}

/** A blob that can be read now; throws AF20050 or AF20051. */
export function findContent(feeds: Feeds, clock: Clock, id: string): ContentBlob {
  const now = clock.now();
  const blob = feeds.content.find(id);
  if (blob === undefined || blob.created > now || blob.visibleAt > now) throw refusals.noContent(id);
  if (now >= expirationOf(blob)) throw refusals.expired(id);
  return blob;
}

export const expirationOf = ({ created }: ContentBlob): number => created + kept;

/** After a listing while the tenant is set to grow: a new blob within the window, behind what was listed already. */
export function growWithin(feeds: Feeds, { from, to }: ContentWindow, now: number): void {
  const { growth } = feeds.settings;
  const end = Math.min(to - 1, now);
  if (growth === 0 || end < from) return;
  feeds.set({ growth: growth - 1 });
  const created = Math.floor((from + end) / 2);
  feeds.content.plant(created, now, feeds.content.fresh(5, created));
}

const writePlace = ({ at, order, key }: Mark): string =>
  Buffer.from(`${at}/${order}/${key}`).toString("base64url");

function readPlace(token: string): Mark {
  const [at = Number.NaN, order = Number.NaN, key = Number.NaN] = Buffer.from(token, "base64url")
    .toString("utf8")
    .split("/")
    .map(Number);
  if (Number.isNaN(at + order + key)) throw refusals.nextPage(token);
  return { at, order, key };
}
