import type { CallText } from "../../../components/permissions/explain/call-text";
import { paragraph } from "../layout";

/** Calls, a line each; calls of one path stand together. */
export function callsText(calls: readonly CallText[], indent: string): readonly string[] {
  const byPath = new Map<string, CallText[]>();
  for (const call of calls) {
    const key = `${call.path} ${call.only ?? ""} ${call.together.join()}`;
    byPath.set(key, [...(byPath.get(key) ?? []), call]);
  }
  return [...byPath.values()].map((same) => {
    const [first] = same;
    const methods = same.map(({ method }) => method).join(", ");
    const only = first?.only === undefined ? "" : ` (${first.only} only)`;
    const together = first?.together.length ? `, together with ${first.together.join(" and ")}` : "";
    return paragraph(`${methods} ${first?.path ?? ""}${only}${together}`, indent);
  });
}
