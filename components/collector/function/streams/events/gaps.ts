/** What could not be had, as records and in the status: never silent. */
import { z } from "zod";
import type { RecordChange, RecordType } from "../../model/record";
import type { StreamName } from "../../model/stream-names";
import type { StreamEnd } from "../stream";
import { day } from "./clock";

/** Some events between two moments are not collected. A tombstone says that they are after all. */
export const gapType: RecordType = { type: "gap", schemaVersion: 1, event: true, undated: true };

const reasons = {
  horizon: "the service had deleted them before they were read",
  "subscription-off": "the subscription to the feed was switched off",
  "content-failed": "the service failed to give some content",
  "content-expired": "some content expired before it was read",
  "content-malformed": "some content could not be read",
} as const;

export const gapSchema = z.object({
  /** ISO date-times: what is missing happened between them. */
  from: z.string(),
  to: z.string(),
  reason: z.enum(Object.keys(reasons) as [keyof typeof reasons, ...(keyof typeof reasons)[]]),
  /** The kind of event, or the content, where not all of the stream is concerned. */
  subject: z.string().nullable(),
  /** ISO date-time of the run that found it. */
  foundAt: z.string(),
});
export type Gap = z.output<typeof gapSchema>;

/** Gaps stay in the status so long after they were found. */
const shownFor = 7 * day;

const keyOf = ({ from, to, reason, subject }: Gap): string => [reason, subject ?? "all", from, to].join(" ");

export function gapRecord(stream: StreamName, gap: Gap): RecordChange {
  const { from, to, reason, subject } = gap;
  return {
    type: gapType.type,
    key: keyOf(gap),
    data: { at: gap.foundAt, stream, from, to, reason, subject },
  };
}

/** The news that what was missing is collected. */
export const closedGap = (gap: Gap): RecordChange => ({ type: gapType.type, key: keyOf(gap), data: null });

export const shownGaps = (gaps: readonly Gap[], now: number): readonly Gap[] =>
  gaps.filter(({ foundAt }) => now - Date.parse(foundAt) < shownFor);

/** What the status says of gaps; nothing where there is none. */
export function gapsDegrade(gaps: readonly Gap[]): StreamEnd["degraded"] {
  const [first] = gaps;
  if (first === undefined) return [];
  const { from, to, subject, reason } = gaps.reduce((a, b) => (b.foundAt > a.foundAt ? b : a));
  const others = gaps.length > 1 ? ` There are ${gaps.length - 1} more gaps.` : "";
  const of = subject === null ? "" : ` (${subject})`;
  return [
    { code: "gap", message: `Events from ${from} to ${to}${of} are missing: ${reasons[reason]}.${others}` },
  ];
}
