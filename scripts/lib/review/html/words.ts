/** Words and marks that all parts of the page share. Colour never says anything alone. */
import type { Direction, Level, Place, ReviewLine } from "../../../../components/permissions/diff/model";
import { count } from "../../output";
import { sentenceOf, stacksOf } from "../wording";
import { html, type Markup } from "./markup";

type Danger = "danger" | "caution" | "plain" | "relief";

/** How a change is marked: by colour, and in words. */
export function dangerOf({
  level,
  direction,
}: {
  readonly level: Level;
  readonly direction: Direction;
}): Danger {
  if (level === "tier0") return "danger";
  if (direction === "narrower") return "relief";
  return level === "write" && direction === "wider" ? "caution" : "plain";
}

const dangerWords: Readonly<Record<Danger, string>> = {
  danger: "Dangerous",
  caution: "Look closely",
  plain: "Harmless",
  relief: "Less access",
};

export function dangerBadge(danger: Danger): Markup {
  return html`<span class="badge ${danger}">${dangerWords[danger]}</span>`;
}

/** 0 for the most dangerous: what the table sorts by. */
export function dangerRank(danger: Danger): number {
  return Object.keys(dangerWords).indexOf(danger);
}

export const kindWords: Readonly<Record<ReviewLine["kind"], string>> = {
  added: "+ added",
  removed: "− removed",
  changed: "± changed",
};

/** Up to `shown` stacks of some places, and how many there are beside them. */
export function shortList(places: readonly Place[], shown = 3): string {
  const stacks = stacksOf(places);
  if (stacks.length > shown) return `${stacks.slice(0, shown).join(", ")} and ${stacks.length - shown} more`;
  return sentenceOf(stacks);
}

/** `contoso, fabrikam`; many: a number that opens to all of them. */
export function stackList(places: readonly Place[]): Markup {
  const stacks = stacksOf(places);
  if (stacks.length <= 3) return html`${stacks.join(", ")}`;
  return html`<details><summary>${count(stacks.length, "stack")}</summary>${stacks.join(", ")}</details>`;
}
