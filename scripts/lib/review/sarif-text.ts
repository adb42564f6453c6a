import type { Place, ReviewLine } from "../../../components/permissions/diff/model";

const verbs = {
  added: { wider: "can now", narrower: "can no longer", neutral: "has a new entry to" },
  removed: { wider: "can now", narrower: "can no longer", neutral: "no longer has an entry to" },
  changed: { wider: "can now", narrower: "can no longer", neutral: "still can" },
} as const;

/** One finding in plain words: who can now do what and where, then the name, the reason and what would need less. */
export function sarifMessage(line: ReviewLine, place: Place): string {
  const who = place.connector === "" ? `Stack ${place.stack}` : `${place.connector} in stack ${place.stack}`;
  const sentences = [
    `${who} ${verbs[line.kind][line.direction]} ${line.allows}: ${nameOf(line)}.`,
    becameOf(line),
    line.because.length === 0 ? undefined : `Because: ${line.because.join("; ")}.`,
    line.tierReason === undefined ? undefined : `${line.tier ?? ""}: ${line.tierReason}`.trim(),
    ...line.alternatives.map(({ setting, effect }) => `Narrower: ${setting} ${effect}.`),
  ];
  return plain(sentences.filter((sentence) => sentence !== undefined).join(" "));
}

function nameOf({ name, family, subject }: ReviewLine): string {
  return subject === "stack" || name === family ? family : `${name} (${family})`;
}

function becameOf({ before, after }: ReviewLine): string | undefined {
  if (before === undefined && after === undefined) return undefined;
  if (before === undefined) return `Now: ${after}.`;
  return after === undefined ? `Was: ${before}.` : `Was: ${before}. Now: ${after}.`;
}

/**
 * SARIF reads `[text](target)` as a link and `{0}` as a place for an argument, also in plain text (2.1.0, sections
 * 3.11.5 and 3.11.6); names that people choose must become neither.
 */
function plain(text: string): string {
  return text
    .replaceAll("`", "")
    .replaceAll("](", "] (")
    .replace(/\{(?=\d)/g, "{ ");
}
