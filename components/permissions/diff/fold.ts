/** Identical changes of many places become one line, and lines are put in the order of danger. */
import { byText, unique } from "../planning/requirement";
import type { Finding } from "./findings/finding";
import { profileTitle } from "./findings/others";
import { levelRank } from "./judgement";
import type { Direction, Place, ReviewLine, Subject } from "./model";

/** One line a change, most dangerous first. */
export function foldFindings(findings: readonly Finding[]): readonly ReviewLine[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const id = idOf(finding);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [finding]);
    else group.push(finding);
  }
  return [...groups].map(([id, group]) => lineOf(id, group)).sort(byDanger);
}

/** Products of the same profile are the same product; what has no vendor's profile goes by its name. */
function idOf({
  kind,
  subject,
  profile,
  place,
  family,
  name,
  level,
  direction,
  before,
  after,
}: Finding): string {
  const product = profile === undefined || profile === "custom" ? place.connector : profile;
  const states = before === undefined && after === undefined ? [] : [`${before ?? ""} -> ${after ?? ""}`];
  const reach = [level, direction].join(" ");
  return [kind, product, subject, family, name, reach, ...states].join("/");
}

function lineOf(id: string, group: readonly Finding[]): ReviewLine {
  const [first] = group;
  if (first === undefined) throw new RangeError("A line needs a finding.");
  const { place: _, details, ...shared } = first;
  const places = sortPlaces(group.map(({ place }) => place));
  return {
    ...shared,
    ...(details?.() ?? { alternatives: [], endpoints: [] }),
    id,
    who: whoIs(first.profile, places),
    because: unique(group.flatMap(({ because }) => because)),
    settings: unique(group.flatMap(({ settings }) => settings)),
    places,
  };
}

/** The common name, or the product's. */
export function whoIs(profile: string | undefined, places: readonly Place[]): string {
  const [name = "", ...others] = unique(places.map(({ connector }) => connector));
  if (others.length === 0 || profile === undefined) return name;
  return profileTitle(profile);
}

export function sortPlaces(places: readonly Place[]): readonly Place[] {
  return [...places].sort(byText(({ stack, connector }) => `${stack}\n${connector}`));
}

const directions: readonly Direction[] = ["wider", "narrower", "neutral"];
const subjects: readonly Subject[] = [
  "directoryRole",
  "appRole",
  "azureRole",
  "credential",
  "fact",
  "connector",
  "stack",
  "acknowledgement",
  "capability",
];

/** 0 for what is looked at first. */
export function subjectRank(subject: Subject): number {
  return subjects.indexOf(subject);
}

function byDanger(a: ReviewLine, b: ReviewLine): number {
  return (
    directions.indexOf(a.direction) - directions.indexOf(b.direction) ||
    levelRank(a.level) - levelRank(b.level) ||
    byText(orderOf)(a, b)
  );
}

function orderOf({ tier, subject, who, family, name, id }: ReviewLine): string {
  return [tier ?? "T9", subjectRank(subject), who, family, name, id].join("\n");
}
