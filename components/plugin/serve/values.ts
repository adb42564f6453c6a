import { Struct } from "google-protobuf/google/protobuf/struct_pb";

/** The type of `UNKNOWN`. */
export class Unknown {
  /** Makes the type nominal: nothing else is an Unknown. */
  readonly #unknown = true;

  toString(): string {
    return this.#unknown ? "unknown until the update runs" : "";
  }
}

/** What Pulumi puts in place of a value that is not known before the update runs. */
export const UNKNOWN = new Unknown();

/** A value that the engine must keep encrypted in state and mask on screen. */
export class Secret {
  constructor(readonly value: Value) {}
}

/** A property value as the engine sends it: unknowns and secrets are explicit. */
export type Value = null | boolean | number | string | Unknown | Secret | readonly Value[] | Properties;

/** Named property values. A property that is absent is simply not there: never `undefined` on the wire. */
export interface Properties {
  readonly [name: string]: Value | undefined;
}

/** A value whose secret wrappers were taken off; unknowns remain. */
export type Plain = null | boolean | number | string | Unknown | readonly Plain[] | PlainProperties;

/** Named plain values. */
export interface PlainProperties {
  readonly [name: string]: Plain | undefined;
}

const UNKNOWN_ON_THE_WIRE = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";

/** Thrown for an asset, an archive or a reference to a resource: none of our resource types takes one. */
export class UnsupportedValueError extends Error {
  override readonly name = "UnsupportedValueError";

  constructor(path: string) {
    super(
      `${path || "The input"} holds an asset, an archive or a resource; give a plain string, number, boolean, list or map instead.`,
    );
  }
}

type Wire = ReturnType<Struct["toJavaScript"]>[string];

/** Properties of a request; an absent Struct is no properties. Throws `UnsupportedValueError`. */
export function decode(struct: Struct | undefined): Properties {
  return struct === undefined ? {} : decodeMap(struct.toJavaScript(), "");
}

function decodeMap(wire: { readonly [name: string]: Wire }, path: string): Properties {
  const decoded: Record<string, Value> = {};
  for (const [name, value] of Object.entries(wire)) {
    decoded[name] = decodeValue(value, path === "" ? name : `${path}.${name}`);
  }
  return decoded;
}

function decodeValue(wire: Wire, path: string): Value {
  if (wire === UNKNOWN_ON_THE_WIRE) return UNKNOWN;
  if (wire === null || typeof wire !== "object") return wire;
  if (Array.isArray(wire)) return wire.map((item: Wire, index) => decodeValue(item, `${path}[${index}]`));
  const map = wire as { readonly [name: string]: Wire };
  const signature = map[SIGNATURE_KEY];
  if (signature === SECRET_SIGNATURE) return new Secret(decodeValue(map.value ?? null, path));
  if (signature !== undefined) throw new UnsupportedValueError(path);
  return decodeMap(map, path);
}

/** Properties as a Struct for a response. */
export function encode(properties: Properties): Struct {
  return Struct.fromJavaScript(encodeMap(properties));
}

function encodeMap(properties: Properties): { [name: string]: Wire } {
  const wire: { [name: string]: Wire } = {};
  for (const [name, value] of Object.entries(properties)) {
    // A Struct has no place for `undefined`; leaving the key out is how absence is said.
    if (value !== undefined) wire[name] = encodeValue(value);
  }
  return wire;
}

function encodeValue(value: Value): Wire {
  if (value instanceof Unknown) return UNKNOWN_ON_THE_WIRE;
  if (value instanceof Secret) {
    return { [SIGNATURE_KEY]: SECRET_SIGNATURE, value: encodeValue(value.value) };
  }
  if (isList(value)) return value.map(encodeValue);
  if (isMap(value)) return encodeMap(value);
  return value;
}

/** Takes the secret wrappers off and leaves out properties that are null, which Pulumi means as absent. */
export function reveal(properties: Properties): PlainProperties {
  const plain: Record<string, Plain> = {};
  for (const [name, value] of Object.entries(properties)) {
    if (value !== undefined && value !== null) plain[name] = revealValue(value);
  }
  return plain;
}

/** One value without its secret wrappers. */
export function revealValue(value: Value): Plain {
  if (value instanceof Secret) return revealValue(value.value);
  if (isList(value)) return value.map(revealValue);
  if (isMap(value)) return reveal(value);
  return value;
}

/** Whether an unknown lies anywhere in the value. */
export function containsUnknown(value: Value | undefined): boolean {
  if (value === undefined) return false;
  if (value instanceof Unknown) return true;
  if (value instanceof Secret) return containsUnknown(value.value);
  if (isList(value)) return value.some(containsUnknown);
  return isMap(value) && Object.values(value).some(containsUnknown);
}

/** Whether the value is a list. */
export function isList(value: Plain | undefined): value is readonly Plain[];
export function isList(value: Value | undefined): value is readonly Value[];
export function isList(value: Value | undefined): boolean {
  return Array.isArray(value);
}

/** Whether the value is a map of named values: no list, no secret, no unknown. */
export function isMap(value: Plain | undefined): value is PlainProperties;
export function isMap(value: Value | undefined): value is Properties;
export function isMap(value: Value | undefined): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return !(value instanceof Secret) && !(value instanceof Unknown);
}
