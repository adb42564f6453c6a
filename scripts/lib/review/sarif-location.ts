/** Where in a lock file a finding of a review stands. */
import type { Place, Review, ReviewLine, Subject } from "../../../components/permissions/diff/model";
import { lockText } from "../../../components/permissions/lock/canonical";
import { lockPath } from "./names";

/** A line of a lock file, counted from 1. */
export interface LockLocation {
  /** Path below the project. */
  readonly file: string;
  readonly line: number;
}

/** The field of a lock file that lists a subject's items. */
const sections: { readonly [Name in Subject]?: string } = {
  appRole: "appRoles",
  directoryRole: "directoryRoles",
  azureRole: "azureRoleAssignments",
  credential: "credentials",
  capability: "capabilities",
  acknowledgement: "acknowledgements",
};

/**
 * Finds places in the lock files as they are after the change. What is gone is where it would stand: in its list, else
 * at its connector, else at the top of the file.
 */
export function createLocator({ stacks }: Review): (line: ReviewLine, place: Place) => LockLocation {
  const texts = new Map<string, readonly string[]>();
  for (const change of stacks) {
    texts.set(change.stack, change.kind === "removed" ? [] : lockText(change.after).split("\n"));
  }
  return (line, place) => ({
    file: lockPath(place.stack),
    line: lineIn(texts.get(place.stack) ?? [], line, place) + 1,
  });
}

/** Counted from 0. */
function lineIn(text: readonly string[], { subject, name, family }: ReviewLine, place: Place): number {
  const start = subject === "azureRole" ? 0 : connectorStart(text, place.connector);
  if (start < 0) return 0;
  const section = sections[subject];
  if (section === undefined) return subject === "fact" ? (fieldLine(text, name, start) ?? start) : start;
  const list = fieldLine(text, section, start);
  if (list === undefined) return start;
  return itemLine(text, list, subject === "appRole" ? [name, family] : [name]) ?? list;
}

/** The line of a connector's name: only there a field `name` is six spaces deep. */
function connectorStart(text: readonly string[], connector: string): number {
  return text.indexOf(`      "name": ${JSON.stringify(connector)},`);
}

/** The line of a field at or below `start`, before the next connector begins. */
function fieldLine(text: readonly string[], field: string, start: number): number | undefined {
  for (let index = start; index < text.length; index += 1) {
    const line = text[index] ?? "";
    if (index > start && line.startsWith('      "name": ')) return undefined;
    if (line.trimStart().startsWith(`${JSON.stringify(field)}: `)) return index;
  }
  return undefined;
}

/** The line of the item below `list` that holds all of `values`. */
function itemLine(text: readonly string[], list: number, values: readonly string[]): number | undefined {
  const wanted = values.map((value) => JSON.stringify(value));
  for (let index = list + 1; index < text.length; index += 1) {
    const line = text[index] ?? "";
    if (/^\s*\]/.test(line)) return undefined;
    if (wanted.every((value) => line.includes(value))) return index;
  }
  return undefined;
}
