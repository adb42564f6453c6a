import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SettingsError, settingsFromConfig, settingsFromStackFile } from "../../../infra/settings";
import { allSettings } from "../../../infra/settings/contradictions";
import { stackKeys } from "../../../infra/settings/stack";
import { parse, tenantId } from "./parse";

/** Runs the parser and lets only its own error pass. */
function survives(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    expect((error as SettingsError).message).toContain("Nothing was changed.");
  }
}

const dangerous = ["__proto__", "constructor", "toString", "hasOwnProperty", "length", ""];
const plausible = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(
    "read-only",
    "read-write",
    "clientSecret",
    "vendorCertificate",
    "conductorone",
    "documented",
    true,
  ),
  fc.constantFrom(
    "netwrix-identity-manager",
    "2026-01-01",
    "9999-99-99",
    "gcchigh",
    Number.NaN,
    1e308,
    undefined,
  ),
  fc.record({
    kind: fc.constantFrom("clientSecret", "certificate", "federated", "x"),
    lifetimeDays: fc.jsonValue(),
  }),
);
const settings = fc.dictionary(fc.constantFrom(...allSettings(), ...dangerous), plausible);
const stack = fc.record(
  {
    connectors: fc.oneof(fc.array(settings, { maxLength: 4 }), fc.jsonValue()),
    defaults: fc.oneof(settings, fc.jsonValue()),
    sourceGroups: fc.oneof(fc.dictionary(fc.string(), settings), fc.jsonValue()),
    acknowledgements: fc.oneof(
      fc.array(fc.dictionary(fc.constantFrom("rule", "connector", "expires"), plausible)),
      fc.jsonValue(),
    ),
    tenantId: fc.oneof(fc.constant(tenantId), fc.string()),
    azure: fc.jsonValue(),
    vault: fc.jsonValue(),
  },
  { requiredKeys: [] },
);

describe("whatever is given, the parser answers or throws its own error", () => {
  test("any value at all", () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
        (raw) => {
          survives(() => parse(raw));
        },
      ),
      { numRuns: 500 },
    );
  });

  test("stacks that look nearly right", () => {
    fc.assert(
      fc.property(stack, fc.uint8Array(), (raw, file) => {
        survives(() => parse(raw, { fileReader: () => file }));
      }),
      { numRuns: 1_000 },
    );
  });

  test("any configuration and any stack file", () => {
    const keys = fc
      .constantFrom(...Object.keys(stackKeys), ...dangerous)
      .map((key) => `entra-connectors:${key}`);
    fc.assert(
      fc.property(fc.dictionary(keys, fc.oneof(fc.json(), fc.string())), fc.string(), (config, text) => {
        survives(() => parse(settingsFromConfig(config)));
        survives(() => parse(settingsFromStackFile(text, "Pulumi.x.yaml")));
        survives(() =>
          parse(settingsFromStackFile(`config:\n  entra-connectors:connectors: ${text}`, "Pulumi.x.yaml")),
        );
      }),
      { numRuns: 300 },
    );
  });
});
