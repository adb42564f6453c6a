import type { Place, ReviewLine, Subject } from "../../../components/permissions/diff/model";

const verbs = { wider: "can now", narrower: "can no longer", neutral: "can, as before," } as const;

/** Subjects that come and go for the record; what they allow is said by the permissions beside them. */
const records: ReadonlySet<Subject> = new Set(["capability", "acknowledgement", "connector", "stack"]);

/** One finding in plain words: who can now do what and where, then the name, the reason and what would need less. */
export function sarifMessage(line: ReviewLine, place: Place): string {
  const sentences = [
    records.has(line.subject) ? recordOf(line, place) : powerOf(line, place),
    becameOf(line),
    line.because.length === 0 ? undefined : `Because: ${line.because.join("; ")}.`,
    line.tierReason === undefined ? undefined : `${line.tier ?? ""}: ${line.tierReason}`.trim(),
    ...line.alternatives.map(({ setting, effect }) => `Narrower: ${setting} drops it: ${effect}.`),
  ];
  return plain(sentences.filter((sentence) => sentence !== undefined).join(" "));
}

function powerOf(line: ReviewLine, place: Place): string {
  return `${whereOf(place)} ${verbs[line.direction]} ${line.allows}: ${line.name} (${line.family}).`;
}

function recordOf({ subject, kind, name, allows }: ReviewLine, place: Place): string {
  const noun = `${subject.charAt(0).toUpperCase()}${subject.slice(1)}`;
  if (subject === "stack") return `${noun} ${kind}: ${place.stack}.`;
  const detail = subject === "connector" ? "" : ` ${allows.replace(/\.$/, "")}.`;
  return `${noun} ${kind}: ${name}, for ${whereOf(place)}.${detail}`;
}

function whereOf({ connector, stack }: Place): string {
  return connector === "" ? `Stack ${stack}` : `${connector} in stack ${stack}`;
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
