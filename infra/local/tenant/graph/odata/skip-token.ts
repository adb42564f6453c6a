/** Page cursors: opaque to clients, aged by the tenant's clock. */
import { z } from "zod";
import { badQuery, GraphError } from "../errors";

/** Where the next page begins. */
export interface Cursor {
  /** Id of the last entity that was returned. */
  readonly after: string;
  /** How many came before the next page: used when that entity has gone meanwhile. */
  readonly offset: number;
  /** Number of the next page, from 1. */
  readonly page: number;
  readonly issuedAt: number;
  /** Key of the remembered list. */
  readonly list?: string;
  /** Place of the last entity, for lists whose places last. */
  readonly position?: number;
}

const schema = z.object({
  after: z.string(),
  offset: z.number(),
  page: z.number(),
  issuedAt: z.number(),
  list: z.string().optional(),
  position: z.number().optional(),
});
const lifetime = 12 * 60 * 60 * 1000;

export const writeCursor = (cursor: Cursor): string =>
  `RFNwdAIAAQAAA${Buffer.from(JSON.stringify(cursor)).toString("base64url")}`;

/** Throws 400: BadRequest for a token that is none, Directory_ExpiredPageToken for one that is too old. */
export function readCursor(token: string, now: number): Cursor {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(token.slice(13), "base64url").toString("utf8"));
  } catch {
    parsed = undefined;
  }
  const cursor = schema.safeParse(parsed);
  if (!cursor.success) throw badQuery("The value of the query option $skiptoken is not valid.");
  if (now - cursor.data.issuedAt > lifetime) {
    throw new GraphError(
      400,
      "Directory_ExpiredPageToken",
      "The specified page token value has expired and can no longer be included in your request.",
    );
  }
  const { list, position, ...place } = cursor.data;
  return { ...place, ...(list !== undefined && { list }), ...(position !== undefined && { position }) };
}
