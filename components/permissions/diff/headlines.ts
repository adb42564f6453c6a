/** The sentences at the top: who can now do what, worst first. */
import { byText, unique } from "../planning/requirement";
import type { Finding } from "./findings/finding";
import { sortPlaces, subjectRank, whoIs } from "./fold";
import { levelRank, worstLevel, writes } from "./judgement";
import type { ConnectorChange, Headline } from "./model";

/** A connector's change with its findings. */
export interface ConnectorFindings {
  readonly change: ConnectorChange;
  readonly findings: readonly Finding[];
}

/** A sentence of one connector, before those that say the same are joined. */
interface Sentence extends Omit<Headline, "who" | "places"> {
  readonly finding: Finding;
}

/** What a change lets each connector do or keeps it from; the same sentence of many places is one. */
export function headlinesOf(changes: readonly ConnectorFindings[]): readonly Headline[] {
  const groups = new Map<string, Sentence[]>();
  for (const sentence of changes.flatMap(sentencesOf)) {
    const { finding, ...said } = sentence;
    const key = JSON.stringify([
      finding.profile === "custom" ? finding.place.connector : finding.profile,
      said,
    ]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [sentence]);
    else group.push(sentence);
  }
  return [...groups.values()].flatMap(join).sort(byDanger);
}

function join(group: readonly Sentence[]): readonly Headline[] {
  const [first] = group;
  if (first === undefined) return [];
  const { finding, ...said } = first;
  const places = sortPlaces(group.map((sentence) => sentence.finding.place));
  return [{ ...said, who: whoIs(finding.profile, places), places }];
}

function sentencesOf({ change, findings }: ConnectorFindings): readonly Sentence[] {
  return [
    ...sentence(gains(findings), "wider", verbOfGain(change)),
    ...sentence(losses(findings), "narrower", verbOfLoss(change)),
  ];
}

function sentence(
  findings: readonly Finding[],
  direction: "wider" | "narrower",
  verb: string,
): readonly Sentence[] {
  const [finding] = findings;
  if (finding === undefined) return [];
  const level = worstLevel(findings.map((one) => one.level)) ?? "any";
  return [{ level, direction, verb, what: unique(findings.map(({ allows }) => allows)), finding }];
}

/** What is dangerous; where nothing is, whatever is wider. */
function gains(findings: readonly Finding[]): readonly Finding[] {
  const wider = findings.filter(({ direction, subject }) => direction === "wider" && subject !== "connector");
  const dangerous = wider.filter(({ level }) => level !== "any");
  const said = dangerous.length > 0 ? dangerous : wider.filter(({ subject }) => saysMore(subject, wider));
  return [...said].sort((a, b) => levelRank(a.level) - levelRank(b.level) || byTier(a, b));
}

/** What is lost; a permission that another one stands in for is not. */
function losses(findings: readonly Finding[]): readonly Finding[] {
  const narrower = findings.filter(
    ({ direction, subject }) => direction === "narrower" && subject !== "connector",
  );
  const written = writtenFrom(findings);
  return narrower
    .filter((one) => saysMore(one.subject, narrower) && !written.has(`${one.family} ${one.name}`))
    .sort(byTier);
}

/** What still can be read because it can now be written: Microsoft's X.ReadWrite permissions include X.Read. */
function writtenFrom(findings: readonly Finding[]): ReadonlySet<string> {
  const wider = findings.filter(({ direction, subject }) => direction === "wider" && subject === "appRole");
  return new Set(wider.map(({ family, name }) => `${family} ${name.replace(".ReadWrite.", ".Read.")}`));
}

/** Permissions say it better than the setting or the secret that comes with them. */
function saysMore(subject: Finding["subject"], all: readonly Finding[]): boolean {
  return isPermission(subject) || !all.some((one) => isPermission(one.subject));
}

function isPermission(subject: Finding["subject"]): boolean {
  return subject === "appRole" || subject === "directoryRole";
}

function byTier(a: Finding, b: Finding): number {
  return byText(({ tier, subject, family, name }: Finding) =>
    [tier ?? "T9", subjectRank(subject), family, name].join("\n"),
  )(a, b);
}

function verbOfGain(change: ConnectorChange): string {
  if (change.kind === "added") return "is new and can";
  const begins = change.kind === "changed" && !writes(change.before) && writes(change.after);
  return begins ? "goes from reading to writing: it can now" : "can now";
}

function verbOfLoss(change: ConnectorChange): string {
  if (change.kind === "removed") return "is removed and can no longer";
  const ends = change.kind === "changed" && writes(change.before) && !writes(change.after);
  return ends ? "only reads from now on: it can no longer" : "can no longer";
}

function byDanger(a: Headline, b: Headline): number {
  const direction = ({ direction: one }: Headline) => (one === "wider" ? 0 : 1);
  return (
    direction(a) - direction(b) ||
    levelRank(a.level) - levelRank(b.level) ||
    b.places.length - a.places.length ||
    byText(({ who, verb }: Headline) => `${who}\n${verb}`)(a, b)
  );
}
