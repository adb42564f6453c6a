import fc from "fast-check";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { describe, expect, it } from "vitest";
import { markSecrets } from "../../../components/plugin/serve/secrecy";
import {
  containsUnknown,
  decode,
  encode,
  type Properties,
  reveal,
  Secret,
  UNKNOWN,
  UnsupportedValueError,
  type Value,
} from "../../../components/plugin/serve/values";

const SIGNATURE = "4dabf18193072939515e22adb298388d";

const { properties } = fc.letrec<{ value: Value; properties: Properties }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.string(),
    fc.constant(UNKNOWN),
    tie("value").map((value) => new Secret(value)),
    fc.array(tie("value"), { maxLength: 4 }),
    tie("properties"),
  ),
  properties: fc.dictionary(
    fc.string().filter((name) => name !== SIGNATURE && name !== "__proto__"),
    tie("value"),
    { maxKeys: 4, noNullPrototype: true },
  ),
}));

describe("values on the wire", () => {
  it("come back as they went", () => {
    fc.assert(
      fc.property(properties, (sent) => {
        expect(decode(encode(sent))).toEqual(sent);
      }),
    );
  });

  it("leave out what is undefined instead of failing", () => {
    expect(decode(encode({ a: undefined, b: { c: undefined, d: 1 } }))).toEqual({ b: { d: 1 } });
  });

  it("lose secret wrappers and nulls when revealed, and keep unknowns", () => {
    const value = { a: new Secret("x"), b: null, c: { d: new Secret([UNKNOWN]), e: null } };
    expect(reveal(value)).toEqual({ a: "x", c: { d: [UNKNOWN] } });
    expect(containsUnknown(value)).toBe(true);
    expect(containsUnknown({ a: new Secret("x") })).toBe(false);
  });

  it("refuse assets, archives and resources by their place", () => {
    const asset = { [SIGNATURE]: "c44067f5952c0a294b673a41bacd8c17", text: "x" };
    const struct = Struct.fromJavaScript({ web: { page: [asset] } });
    expect(() => decode(struct)).toThrow(UnsupportedValueError);
    expect(() => decode(struct)).toThrow(/^web\.page\[0\] holds an asset/);
  });
});

describe("secrets in outputs", () => {
  it("are marked by name and wherever a secret input's text reappears", () => {
    const inputs = { properties: { value: new Secret("hunter2hunter2"), contentType: "text" } };
    const outputs = { properties: { contentType: "text", echo: ["hunter2hunter2"] }, key: "k", plain: "p" };
    expect(markSecrets(outputs, [inputs], ["key"])).toEqual({
      properties: { contentType: "text", echo: [new Secret("hunter2hunter2")] },
      key: new Secret("k"),
      plain: "p",
    });
  });

  it("never leave a secret text in clear", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), properties, (text, rest) => {
        const outputs = reveal({ ...rest, first: text, deep: { list: [text, { also: text }] } });
        const marked = markSecrets(outputs, [{ s: new Secret({ inner: [text] }) }], []);
        const clear: string[] = [];
        const walk = (value: Value | undefined): void => {
          if (typeof value === "string") clear.push(value);
          else if (Array.isArray(value)) value.forEach(walk);
          else if (typeof value === "object" && value !== null && !(value instanceof Secret)) {
            Object.values(value).forEach(walk);
          }
        };
        walk(marked);
        expect(clear).not.toContain(text);
      }),
    );
  });
});
