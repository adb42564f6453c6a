import { isDeepStrictEqual } from "node:util";
import { isMap, type Plain, type PlainProperties } from "../../../../../components/plugin/serve";

/**
 * The declared inputs with what has changed in the cloud since the last operation: what the cloud tells alike then and
 * now stays exactly as declared, whatever the cloud made of it.
 */
export function withDrift(
  declared: PlainProperties,
  before: PlainProperties,
  now: PlainProperties,
): PlainProperties {
  const names = new Set([...Object.keys(declared), ...Object.keys(before), ...Object.keys(now)]);
  const entries = [...names].map((name): [string, Plain | undefined] => [
    name,
    drifted(declared[name], before[name], now[name]),
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function drifted(
  declared: Plain | undefined,
  before: Plain | undefined,
  now: Plain | undefined,
): Plain | undefined {
  if (isDeepStrictEqual(before, now)) return declared;
  if (isMap(declared) && isMap(before) && isMap(now)) return withDrift(declared, before, now);
  if (Array.isArray(declared) && Array.isArray(before) && Array.isArray(now)) {
    return driftedList(declared, before, now);
  }
  return now;
}

/** Lists of one length are compared place by place; of a longer or shorter one nothing is known but what it is now. */
function driftedList(declared: readonly Plain[], before: readonly Plain[], now: readonly Plain[]): Plain {
  if (declared.length !== now.length || before.length !== now.length) return now;
  return now.map((item, index) => drifted(declared[index], before[index], item) ?? item);
}
