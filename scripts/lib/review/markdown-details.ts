/** What a reviewer opens when the table is not enough, most useful first; what does not fit is counted. */
import type { Review, ReviewLine } from "../../../components/permissions/diff/model";
import { code, escaped, marked, someOf } from "./markdown-text";
import { alternativesOf, isMain, isRecord, kindSigns, stacksOf } from "./wording";

/** A folded section: its title and its items. */
interface Section {
  readonly title: string;
  readonly items: readonly string[];
}

/** The sections that fit into so many characters. */
export function detailsOf({ lines }: Review, room: number): string {
  const sections = [alternatives(lines), reasons(lines), others(lines), whereabouts(lines)];
  const shown: string[] = [];
  let left = room;
  for (const section of sections) {
    const text = sectionText(section, left);
    left -= text.length + 2;
    if (text !== "") shown.push(text);
  }
  return shown.join("\n\n");
}

function sectionText({ title, items }: Section, room: number): string {
  const frame = `<details><summary>${title}</summary>\n\n\n\n… and 99999 further items, left out for length.\n\n</details>`;
  let left = room - frame.length;
  const shown: string[] = [];
  for (const item of items) {
    if (item.length + 1 > left) break;
    left -= item.length + 1;
    shown.push(item);
  }
  const missing = items.length - shown.length;
  if (shown.length === 0) return "";
  const more = missing > 0 ? `\n\n… and ${missing} further items, left out for length.` : "";
  return `<details><summary>${title}</summary>\n\n${shown.join("\n")}${more}\n\n</details>`;
}

function alternatives(lines: readonly ReviewLine[]): Section {
  const items = alternativesOf(lines).map(({ who, text }) => `- ${escaped(who, 60)}: ${marked(text, 600)}`);
  return { title: "Narrower alternatives", items };
}

function reasons(lines: readonly ReviewLine[]): Section {
  const gained = lines.filter(({ kind, tier }) => kind === "added" && tier !== undefined);
  return { title: "Why each permission, endpoint by endpoint", items: gained.map(reason) };
}

function reason({ who, name, family, tier, tierReason, because, endpoints }: ReviewLine): string {
  const title = `- **${escaped(name, 120)}** (${escaped(family, 80)}, ${escaped(who, 60)}). ${tier}: ${escaped(tierReason ?? "", 400)}`;
  const uses = endpoints.map(({ capability, reason: why, calls }) => {
    const list =
      calls.length === 0
        ? ""
        : ` ${someOf(
            calls.map((call) => code(call, 160)),
            12,
          )}`;
    return `  - ${escaped(capability, 160)}: ${escaped(why, 300)}${list}`;
  });
  const words = because.slice(0, 6).map((text) => `  - ${escaped(text, 400)}`);
  return [title, ...(uses.length > 0 ? uses : words)].join("\n");
}

function others(lines: readonly ReviewLine[]): Section {
  const items = lines.filter(isRecord).map(other);
  return { title: "For the record: tasks, reasons, acknowledgements", items };
}

function other(line: ReviewLine): string {
  const { kind, who, places } = line;
  const where = someOf(
    stacksOf(places).map((stack) => escaped(stack, 60)),
    3,
  );
  return `- ${kindSigns[kind]} ${escaped(who, 60)}: ${record(line)} (${where})`;
}

function record({
  kind,
  subject,
  name,
  family,
  allows,
  because,
  before = "",
  after = "",
}: ReviewLine): string {
  if (subject === "connector") return `connector ${kind}, ${escaped(because.join("; "), 200)}`;
  if (subject === "capability") return `task ${kind}: ${escaped(allows, 160)}`;
  if (subject === "acknowledgement") {
    const states = kind === "changed" ? `${before} → ${after}: ` : "";
    return `acknowledgement ${kind}: ${escaped(states)}${escaped(name, 120)} (rule ${escaped(family, 80)})${after === "not acknowledged" ? ", not acknowledged" : ""}`;
  }
  if (subject === "appRole") {
    const come = after === "" ? "" : ` is now also for: ${escaped(after, 400)}`;
    const gone = before === "" ? "" : ` is no longer for: ${escaped(before, 400)}`;
    return `${code(name, 120)}${[come, gone].filter((text) => text !== "").join(";")}`;
  }
  return `${escaped(family, 80)} ${code(name, 120)}: ${escaped(before, 300)} → ${escaped(after, 300)}`;
}

/** Only what the table gives as a number. */
function whereabouts(lines: readonly ReviewLine[]): Section {
  const groups = new Map<string, string[]>();
  for (const line of lines.filter(isMain)) {
    const stacks = stacksOf(line.places);
    if (stacks.length <= 3) continue;
    const key = stacks.map((stack) => escaped(stack, 60)).join(", ");
    groups.set(key, [...(groups.get(key) ?? []), line.name]);
  }
  const items = [...groups].map(
    ([stacks, names]) =>
      `- ${someOf(
        [...new Set(names)].map((name) => escaped(name, 120)),
        5,
      )}: ${stacks}`,
  );
  return { title: "Stacks of each row", items };
}
