/** What every rendering of a review says alike. */
import type { Headline, Place, Review, ReviewLine } from "../../../components/permissions/diff/model";
import { count } from "../output";

/** `2 of 14 stacks change · 1 needs a security approval`. */
export function summaryOf({ summary, lines, headlines }: Review): string {
  if (summary.changed === 0) return "no permission changes";
  const { stacks, changed, needApproval } = summary;
  const change = `${changed} of ${count(stacks, "stack")} ${changed === 1 ? "changes" : "change"}`;
  if (needApproval > 0)
    return `${change} · ${needApproval} ${needApproval === 1 ? "needs" : "need"} a security approval`;
  if (summary.level === "write") return `${change} · gains access that can change something`;
  if (lines.some(({ direction }) => direction === "wider")) return `${change} · nothing dangerous is gained`;
  return headlines.length > 0 ? `${change} · access only shrinks` : `${change} · no access is gained or lost`;
}

/** Colour of danger: red and orange for what must be looked at, yellow for more reading, green for less, white for neither. */
export function signalOf({ level, direction }: Pick<ReviewLine | Headline, "level" | "direction">): string {
  if (direction === "narrower") return "🟢";
  if (direction === "neutral") return "⚪";
  return level === "tier0" ? "🔴" : level === "write" ? "🟠" : "🟡";
}

export const kindSigns = { added: "➕", removed: "➖", changed: "✏️" } as const;

export const legend =
  "T0: a path to Global Administrator · T1: writes tenant-wide, or reads secrets, mail or files · T2: other reads";

/** Stacks of some places, each once. */
export function stacksOf(places: readonly Place[]): readonly string[] {
  return [...new Set(places.map(({ stack }) => stack))];
}

/** Lines that say who may do what; the rest is for the record. */
export function isMain({ subject, direction, kind }: ReviewLine): boolean {
  if (subject === "capability" || subject === "acknowledgement" || subject === "connector") return false;
  return direction !== "neutral" || subject === "stack" || (subject === "appRole" && kind !== "changed");
}

/** Why a line is there: the settings where reasons name them, else the reasons. */
export function reasonsOf({ settings, because }: ReviewLine): {
  readonly settings: boolean;
  readonly texts: readonly string[];
} {
  return settings.length > 0 ? { settings: true, texts: settings } : { settings: false, texts: because };
}

/** Phrases joined as a person says them. */
export function sentenceOf(phrases: readonly string[], most = 4): string {
  const shown = phrases.length > most ? phrases.slice(0, most - 1) : phrases;
  const all = phrases.length > most ? [...shown, `${phrases.length - shown.length} things more`] : shown;
  if (all.length < 2) return all.join("");
  return `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}
