import { count } from "../output";
import type { Repair } from "./index";

/** The repair in a sentence or several lines. */
export function repairText({ locksCleared, adopted, cleared, keysRemoved }: Repair): string {
  const parts = [
    locksCleared > 0 ? `cleared ${count(locksCleared, "stale lock")}` : "",
    adopted.length > 0 ? `found again and took over ${names(adopted)}` : "",
    cleared.length > 0 ? `nothing had come of ${names(cleared)}` : "",
    keysRemoved.length > 0 ? `removed secrets whose value was lost: ${keysRemoved.join(", ")}` : "",
  ].filter((part) => part !== "");
  return `The last deployment was interrupted; repaired: ${parts.join("; ")}.`;
}

/** The last part of a URN is the resource's name. */
function names(urns: readonly string[]): string {
  return urns.map((urn) => urn.slice(urn.lastIndexOf("::") + 2)).join(", ");
}
