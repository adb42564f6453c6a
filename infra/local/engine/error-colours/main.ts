/**
 * Loaded before a program or policy pack. The SDK shows a failed program's error by `util.inspect` with colours, and
 * Node.js 20 never ends colouring a stack that names a file right below a scope (`node_modules/@pulumi/config.ts`, as
 * the SDK's source maps say): half a minute of full load, then "Invalid string length". Errors therefore stay uncoloured.
 */
import util from "node:util";

const coloured = util.inspect as (value: unknown, ...options: unknown[]) => string;

function inspect(value: unknown, ...options: unknown[]): string {
  const [first] = options;
  if (value instanceof Error && typeof first === "object")
    return coloured(value, { ...first, colors: false });
  return coloured(value, ...options);
}

Object.defineProperties(inspect, Object.getOwnPropertyDescriptors(util.inspect));
util.inspect = inspect as typeof util.inspect;
