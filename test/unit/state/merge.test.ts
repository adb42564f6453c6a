import { describe, expect, it } from "vitest";
import { type Assessment, askedOnce, type MetricResult, mergeAssessments } from "../../../components/state";

const at = "2026-11-20T12:00:00.000Z";
const daysAgo = (days: number) => new Date(Date.parse(at) - days * 86_400_000).toISOString();

type Said = Partial<MetricResult>;

/** What a connector says of each metric. */
function said(connector: string, metrics: Readonly<Record<string, Said>>, displayName = ""): Assessment {
  const blank = { result: "ok", count: 0, evidence: { rows: [], total: 0 }, threshold: [], fields: [] };
  return {
    version: 1,
    assessedAt: at,
    tenant: { id: "t", displayName, connector },
    sources: [connector],
    metrics: Object.entries(metrics).map(([id, metric]) => ({ ...blank, id, connector, ...metric }) as never),
  };
}

const open = { result: "not-assessed", reason: "Not collected." } as const;
const chosen = (...all: [Assessment, ...Assessment[]]) =>
  mergeAssessments(all).metrics.map(({ id, connector }) => `${id} of ${connector}`);

describe("of what several connectors say of a metric", () => {
  const cases: readonly (readonly [string, Said, Said, "wide" | "narrow"])[] = [
    ["what was assessed, however old", open, { asOf: daysAgo(300) }, "narrow"],
    ["the newest snapshot", { asOf: daysAgo(2.1) }, { asOf: daysAgo(1) }, "narrow"],
    ["of the same day the widest reading", { asOf: daysAgo(1) }, { asOf: daysAgo(0.1) }, "wide"],
    ["what leaves nothing out", { asOf: at, reason: "Without guests." }, { asOf: daysAgo(0.5) }, "narrow"],
    ["the newest before the whole", { asOf: at, reason: "Without guests." }, { asOf: daysAgo(2) }, "wide"],
    ["what needs no stream as new", {}, { asOf: daysAgo(2) }, "wide"],
    ["the widest reading's reason where nobody knows", open, open, "wide"],
  ];

  it.each(cases)("%s counts", (_, wide, narrow, expected) => {
    expect(chosen(said("wide", { m: wide }), said("narrow", { m: narrow }))).toEqual([`m of ${expected}`]);
  });

  it("keeps each once, also one that only one of them has", () => {
    expect(chosen(said("wide", { a: {}, b: open }), said("narrow", { b: {}, c: {} }))).toEqual([
      "a of wide",
      "b of narrow",
      "c of narrow",
    ]);
  });

  it("names whose readings are in it, and the tenant as whoever knows its name does", () => {
    const merged = mergeAssessments([
      said("wide", { a: open, b: open, c: {} }),
      said("narrow", { a: {}, b: {} }, "Contoso"),
      said("idle", { a: { asOf: daysAgo(9) } }),
    ]);
    expect(merged.sources).toEqual(["narrow", "wide"]);
    expect(merged.tenant).toEqual({ id: "t", displayName: "Contoso", connector: "wide" });
    expect(mergeAssessments([said("wide", { a: open })]).sources).toEqual(["wide"]);
  });
});

it("asks outside once, whoever wants to know", async () => {
  const asked: string[] = [];
  const outside = askedOnce({
    exchange: {
      unifiedAuditLogEnabled: async () => {
        asked.push("exchange");
        return true;
      },
    },
    domainRegistrations: {
      expiry: async (domain) => {
        asked.push(domain);
        return undefined;
      },
    },
  });
  for (let connector = 0; connector < 3; connector++) {
    expect(await outside.exchange?.unifiedAuditLogEnabled()).toBe(true);
    for (const domain of ["a.example", "b.example"]) await outside.domainRegistrations?.expiry(domain);
  }
  expect(asked).toEqual(["exchange", "a.example", "b.example"]);
  expect(askedOnce({})).toEqual({});
});
