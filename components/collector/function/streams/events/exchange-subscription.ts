/**
 * The subscription to the feed: started once, and again when somebody switched it off. Microsoft page "Office 365
 * Management Activity API reference", "Start a subscription".
 */
import { GraphError } from "../../graph/errors";
import { isoOf } from "./clock";
import type { Place } from "./exchange-place";
import type { Gap } from "./gaps";

/** A start is a write: one in that time, and no more. */
const startEvery = 15 * 60_000;

/**
 * Notes that the subscription is about to be started: whoever goes on after a crash then knows that it was, and since when
 * it may have been off.
 * @throws GraphError when it was started a moment ago: it is off again, or the tenant still does not offer it
 */
export function noteStart(place: Place, now: number): void {
  const { started, refusal } = place;
  const last = started === null ? Number.NEGATIVE_INFINITY : Date.parse(started.at);
  if (now - last < startEvery)
    throw refusal === null ? offAgain(last) : new GraphError("not-offered", refusal);
  const from = Math.min(place.from, started === null ? now : Date.parse(started.from));
  Object.assign(place, {
    started: { at: isoOf(now), from: isoOf(from) },
    off: place.off ?? place.answered,
    refusal: null,
  });
}

const refusals: ReadonlySet<string> = new Set(["forbidden", "sign-in", "throttled", "refused"]);

/** Whether a start that failed is sure to have started nothing: then the next one need not wait. */
export const wasRefused = (error: unknown): boolean =>
  error instanceof GraphError && refusals.has(error.kind);

/** What is missing because the subscription was off, once: said when the service has answered again. */
export function takeOffGap(place: Place, now: number): Gap | undefined {
  const { off, started } = place;
  if (off === null) return undefined;
  place.off = null;
  const to = started?.at ?? isoOf(now);
  return { from: isoOf(off), to, reason: "subscription-off", subject: null, foundAt: isoOf(now) };
}

const offAgain = (last: number): GraphError =>
  new GraphError(
    "service",
    `The subscription to the feed is off although it was started at ${isoOf(last)}: it is started again when a quarter of an hour has passed. Where this stays, somebody switches it off.`,
    { retryAt: last + startEvery },
  );
