import { expect, it } from "vitest";
import { parseThreshold, ThresholdError } from "../../../components/state";
import { parseSettings } from "../../../infra/settings";
import { thresholdsOf } from "../../../scripts/lib/report/thresholds";
import { connectorOutput } from "../scripts/outputs";
import { reportOf } from "./world";

const tenantId = "6f2c1d5e-3a4b-4c8d-9e0f-1a2b3c4d5e6f";

function named(thresholds: Readonly<Record<string, number | string[]>>) {
  const output = connectorOutput();
  const settings = { ...output.settings, options: { thresholds } };
  return { slug: "collector", connector: { ...output, tenantId, settings } };
}

it.each([
  ["staleGuestDays=60", { staleGuestDays: 60 }],
  ["administrativeUsersPercent = 2.5", { administrativeUsersPercent: 2.5 }],
  ["privilegedTier=T0", { privilegedTier: "T0" }],
  ["toleratedConsentPolicies=a, b", { toleratedConsentPolicies: ["a", "b"] }],
  ["toleratedConsentPolicies=", { toleratedConsentPolicies: [] }],
])("reads %s", (text, expected) => {
  expect(parseThreshold(text)).toEqual(expected);
});

it.each([
  "staleGuestDays",
  "staleGuestDays=",
  "staleGuestDays=-1",
  "staleGuestDays=x",
  "guests=3",
  "__proto__=1",
  "privilegedTier=T7",
])("refuses %s, and says what there is", (text) => {
  expect(() => parseThreshold(text)).toThrow(ThresholdError);
});

it("takes the settings of the tenant's connectors, and above them the command line", () => {
  const of = thresholdsOf([named({ staleGuestDays: 60, inactiveUserDays: 90 })], [{ staleGuestDays: 70 }]);
  expect(of(tenantId)).toEqual({ staleGuestDays: 70, inactiveUserDays: 90 });
  expect(of("another")).toEqual({ staleGuestDays: 70 });
});

it("judges a report by them and keeps as much evidence as is asked for", async () => {
  const tolerant = await reportOf({ thresholds: { administrativeUsersPercent: 7 }, evidenceLimit: 3 });
  const [assessment] = tolerant.report.assessments;
  const shown = assessment!.metrics.find(({ id }) => id === "administrative-users");
  expect(shown?.threshold).toEqual([{ name: "administrativeUsersPercent", value: 7 }]);
  const found = assessment!.metrics.find(({ id }) => id === "password-never-expires");
  expect(found?.evidence).toMatchObject({ total: 10, rows: { length: 3 } });
});

it.each(["collector", "netwrix-1secure-entra-id"])(
  "are a setting of %s, checked like every other",
  (profile) => {
    const parse = (thresholds: object) =>
      parseSettings(
        { tenantId, connectors: [{ profile, name: "Contoso", thresholds }] },
        { stack: "dev", now: new Date(), unacknowledged: "warn", fileReader: () => new Uint8Array() },
      );
    expect(parse({ staleGuestDays: 60 }).connectors[0]?.options).toMatchObject({
      thresholds: { staleGuestDays: 60 },
    });
    expect(() => parse({ staleGuestDay: 60 })).toThrow(/thresholds.staleGuestDay/);
    expect(() => parse({ staleGuestDays: -1 })).toThrow(/thresholds.staleGuestDays/);
  },
);
