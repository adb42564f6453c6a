/** State tokens of delta queries: opaque to clients, self-contained, aged by the tenant's clock. */
import { crc32 } from "node:zlib";
import { z } from "zod";
import { badQuery } from "../errors";

const fullPage = z.object({
  kind: z.literal("full"),
  /** Place in the collection of the last object shown. */
  position: z.number(),
  /** Objects created after this place are left to the next round. */
  end: z.number(),
  /** Place among the members of the object that comes next, when a page ended within them. */
  member: z.number().optional(),
});
const changesPage = z.object({
  kind: z.literal("changes"),
  after: z.number(),
  /** Number at which the round before ended; changes up to it are replays. */
  since: z.number(),
});
const link = z.object({
  kind: z.literal("link"),
  /** A few changes that this round shows once more: the service replays now and then. */
  replay: z.number(),
});

const schema = z.object({
  resource: z.string(),
  generation: z.string(),
  select: z.array(z.string()).optional(),
  ids: z.array(z.string()).optional(),
  /** Number of the change up to which this round goes; the next round begins there. */
  until: z.number(),
  /** Number of the next page, from 0. */
  page: z.number(),
  issuedAt: z.number(),
  place: z.discriminatedUnion("kind", [fullPage, changesPage, link]),
});

/** Where a delta query stands. */
export type DeltaState = z.infer<typeof schema>;
export type FullPage = z.infer<typeof fullPage>;

const checksumLength = 8;
const checksum = (text: string): string => crc32(text).toString(16).padStart(checksumLength, "0");

export function writeState(state: DeltaState): string {
  const text = Buffer.from(JSON.stringify(state)).toString("base64url");
  return `${checksum(text)}${text}`;
}

/** Throws 400 for a token that is none, that was altered, or that belongs to another query. */
export function readState(token: string, resource: string, name: "$skiptoken" | "$deltatoken"): DeltaState {
  const text = token.slice(checksumLength);
  const parsed = token.startsWith(checksum(text))
    ? schema.safeParse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")))
    : undefined;
  const isLink = parsed?.data?.place.kind === "link";
  if (parsed?.data?.resource !== resource || isLink !== (name === "$deltatoken")) {
    throw badQuery("Badly formed token.");
  }
  return parsed.data;
}
