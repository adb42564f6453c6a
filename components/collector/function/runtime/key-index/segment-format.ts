/**
 * A segment of the key index: entries in the order in which they were written, each a key's text and hashes. A blob is
 * one section or several, one after the other:
 *
 *     section: "ECKI", u32 length of head, head (JSON: SectionHead), entries
 *     entry:   u8 form | 4 when gone, u8 index of the type, u32 high, u32 low (hash of the key),
 *              u32, u16 (hash of the content), key
 *     key:     form 0: u32 length, JSON string as UTF-8; form 1: GUID, 16 bytes; form 2: two GUIDs;
 *              form 3: one GUID, after the first GUID of the last form 2
 *
 * Numbers are little-endian. 1,000,000 memberships take 32 MB.
 */
import { z } from "zod";

export const magic = 0x494b4345;
export const sectionHeadSchema = z.object({
  /** Types by their index. */
  types: z.array(z.string()),
  entries: z.number(),
  /** Of all entries, in bytes. */
  bytes: z.number(),
});

export const keyForm = { text: 0, guid: 1, twoGuids: 2, secondGuid: 3 } as const;
export const goneMark = 4;
/** Bytes of an entry before its key. */
export const entryHead = 16;

/** One entry as it is read. */
export interface SegmentEntry {
  readonly type: string;
  readonly high: number;
  readonly low: number;
  readonly content: number;
  readonly contentRest: number;
  /** The key is gone. */
  readonly gone: boolean;
  /** The key's text, unpacked when asked for; valid until the next entry is read. */
  key(): string;
}
