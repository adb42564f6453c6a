/** The words in which a plan gives its reasons, and how they are read again from a lock file. */

/** A capability with the setting that chose it: "Read users (sync)". */
export function chosenBecause(title: string, setting: string): string {
  return `${title} (${setting})`;
}

/** A permission that stands in for a narrower one: "covers User.Read.All: Read users (sync)". */
export function coversBecause(covered: string, because: readonly string[]): string {
  return `covers ${covered}: ${because.join("; ")}`;
}

/** A reason taken apart. */
export interface Reason {
  /** The narrower permission that the reason was for; absent: the permission's own reason. */
  readonly covers?: string;
  /** What it is needed for. */
  readonly title: string;
  /** The setting in words, as `provision: groups`; absent where the reason names none (a vendor's printed list). */
  readonly setting?: string;
}

/** Takes a reason apart; a text of another form is a title alone. */
export function readReason(because: string): Reason {
  const covering = /^covers (\S+): (.+)$/s.exec(because);
  const covers = covering?.[1] === undefined ? {} : { covers: covering[1] };
  const rest = covering?.[2] ?? because;
  const chosen = /^(.+) \(([^()]+)\)$/s.exec(rest);
  if (chosen?.[1] === undefined || chosen[2] === undefined) return { ...covers, title: rest };
  return { ...covers, title: chosen[1], setting: chosen[2] };
}
