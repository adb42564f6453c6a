/** What every rendering of a review says alike. */
import type { Headline, Place, Review, ReviewLine } from "../../../components/permissions/diff/model";
import { count } from "../output";
import { someOf } from "./markdown-text";

/** `2 of 14 stacks change · 1 needs a security approval`. */
export function summaryOf({ summary, lines, headlines }: Review): string {
  if (summary.changed === 0) return "no permission changes";
  const { stacks, changed, needApproval } = summary;
  const change = `${changed} of ${count(stacks, "stack")} ${changed === 1 ? "changes" : "change"}`;
  if (needApproval > 0)
    return `${change} · ${needApproval} ${needApproval === 1 ? "needs" : "need"} a security approval`;
  if (summary.level === "write") return `${change} · gains more than plain reading`;
  const gains = lines.filter(({ direction }) => direction === "wider");
  if (gains.some(({ tier }) => tier !== undefined)) return `${change} · only read access is gained`;
  if (gains.length > 0) return `${change} · nothing dangerous is gained`;
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

/** Lines that say who may do what; the rest is for the record, or has a sentence of its own. */
export function isMain({ subject, direction, kind }: ReviewLine): boolean {
  return isAccess(subject) && (direction !== "neutral" || (subject === "appRole" && kind !== "changed"));
}

/** Lines about what neither gives nor takes access. */
export function isRecord(line: ReviewLine): boolean {
  return line.subject !== "stack" && !isMain(line);
}

function isAccess(subject: ReviewLine["subject"]): boolean {
  return !["capability", "acknowledgement", "connector", "stack"].includes(subject);
}

/** A way to need less, with every permission that goes with it. */
export interface JoinedAlternative {
  readonly who: string;
  /** With code marks. */
  readonly text: string;
}

/** The alternatives of all lines, one a setting, in the order of danger. */
export function alternativesOf(lines: readonly ReviewLine[]): readonly JoinedAlternative[] {
  const joined = new Map<string, { who: string; setting: string; effect: string; names: string[] }>();
  for (const { who, name, alternatives } of lines) {
    for (const { setting, effect } of alternatives) {
      const key = [who, setting, effect].join("\n");
      const known = joined.get(key);
      if (known === undefined) joined.set(key, { who, setting, effect, names: [name] });
      else if (!known.names.includes(name)) known.names.push(name);
    }
  }
  return [...joined.values()].map(({ who, setting, effect, names }) => ({
    who,
    text: `${setting} drops ${sentenceOf(names, 12)}: ${effect}.`,
  }));
}

/** Stacks that came, went or got another name, a sentence each kind. */
export function stackSentences({ stacks }: Review, quote: (name: string) => string): readonly string[] {
  const named = (kind: string) =>
    stacks.filter((change) => change.kind === kind).map(({ stack }) => quote(stack));
  const sentence = (names: readonly string[], what: string) =>
    names.length === 0
      ? []
      : [
          `${names.length === 1 ? "Stack" : "Stacks"} ${someOf(names, 8)} ${names.length === 1 ? "is" : "are"} ${what}.`,
        ];
  const renamed = stacks.flatMap((change) =>
    change.kind === "changed" && change.previousName !== undefined
      ? [
          `Stack ${quote(change.previousName)} is now called ${quote(change.stack)}, and compared under both names.`,
        ]
      : [],
  );
  const left = renamed.length - 8;
  return [
    ...sentence(named("added"), "new"),
    ...sentence(named("removed"), "gone"),
    ...renamed.slice(0, 8),
    ...(left > 0 ? [`${left} more stacks are renamed.`] : []),
  ];
}

/** Why a line is there: the settings where reasons name them, else the reasons. */
export function reasonsOf({ settings, because }: ReviewLine): {
  readonly settings: boolean;
  readonly texts: readonly string[];
} {
  return settings.length > 0 ? { settings: true, texts: settings } : { settings: false, texts: because };
}

/** Phrases joined as a person says them. */
export function sentenceOf(phrases: readonly string[], most = 5): string {
  const shown = phrases.length > most ? phrases.slice(0, most - 1) : phrases;
  const all = phrases.length > most ? [...shown, `${phrases.length - shown.length} more things`] : shown;
  if (all.length < 2) return all.join("");
  return `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}
