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
  return now;
}
