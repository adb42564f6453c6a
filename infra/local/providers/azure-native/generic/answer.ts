import { isMap, type Plain, type PlainProperties } from "../../../../../components/plugin/serve";
import { apiVersions } from "../api-versions";
import type { ArmResource } from "../arm";
import { plainProperties } from "../plain";
import type { ResourceShape, Shape } from "../shapes/shape";
import type { ArmTypeDescription } from "./description";
import { bareName, isListShape } from "./schema";

/** A resource as the SDK's class tells it: flattened, in the SDK's names, and nothing that the class does not have. */
export function outputsOf(
  description: ArmTypeDescription,
  shape: ResourceShape,
  resource: ArmResource,
): PlainProperties {
  const { properties, ...beside } = resource;
  const names = sdkNames(description);
  const flat = sdkMembers(description, names, "", {
    ...plainProperties(properties),
    ...plainProperties(beside),
  });
  const told: PlainProperties = { ...flat, azureApiVersion: apiVersions[description.kind] };
  return Object.fromEntries(
    shape.outputs.filter((name) => told[name] !== undefined).map((name) => [name, told[name]]),
  );
}

/** By path in the SDK of what encloses it and name in ARM: the SDK's name. */
function sdkNames({ renamed }: ArmTypeDescription): ReadonlyMap<string, string> {
  const entries = Object.entries(renamed ?? {}).map(([path, armName]): [string, string] => {
    const end = path.lastIndexOf(".");
    return [`${path.slice(0, Math.max(end, 0))}/${armName}`, path.slice(end + 1)];
  });
  return new Map(entries);
}

function sdkMembers(
  description: ArmTypeDescription,
  names: ReadonlyMap<string, string>,
  path: string,
  members: PlainProperties,
): PlainProperties {
  const entries = Object.entries(members).map(([armName, value]): [string, Plain | undefined] => {
    const name = names.get(`${path}/${armName}`) ?? armName;
    const within = path === "" ? name : `${path}.${name}`;
    return [name, value === undefined ? undefined : sdkValue(description, names, within, value)];
  });
  return Object.fromEntries(entries);
}

function sdkValue(
  description: ArmTypeDescription,
  names: ReadonlyMap<string, string>,
  path: string,
  value: Plain,
): Plain {
  if (Array.isArray(value)) return value.map((item: Plain) => sdkValue(description, names, path, item));
  if (!isMap(value)) return value;
  const { properties, ...beside } = value;
  const flat =
    description.flattened?.includes(path) === true && isMap(properties)
      ? { ...properties, ...beside }
      : value;
  return sdkMembers(description, names, path, flat);
}

/** The inputs that would declare what the outputs tell. */
export function declarableIn(shape: ResourceShape, outputs: PlainProperties): PlainProperties {
  const whole = shape.inputs.properties;
  const source = whole === undefined ? outputs : { ...outputs, properties: outputs };
  const { azureApiVersion: _, ...declarable } = limited(source, shape.inputs);
  return declarable;
}

/** Inputs of some nested types that only ever repeat what the service says. */
const NEVER_DECLARED = new Set(["etag", "provisioningState"]);

/** What of a map has a place in the shape; the SDK takes a list of ids where ARM tells a map. */
function limited(value: PlainProperties, shape: { readonly [name: string]: Shape }): PlainProperties {
  const entries = Object.entries(shape).flatMap(([key, member]): [string, Plain][] => {
    const name = bareName(key);
    const told = NEVER_DECLARED.has(name) ? undefined : value[name];
    return told === undefined || told === null ? [] : [[name, limitedValue(told, member)]];
  });
  return Object.fromEntries(entries);
}

function limitedValue(value: Plain, shape: Shape): Plain {
  if (typeof shape === "string") return value;
  if (isListShape(shape)) {
    if (isMap(value)) return Object.keys(value);
    return Array.isArray(value) ? value.map((item: Plain) => limitedValue(item, shape[0])) : value;
  }
  return isMap(value) && shape["*"] === undefined ? limited(value, shape) : value;
}
