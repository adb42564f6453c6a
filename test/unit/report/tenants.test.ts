import { describe, expect, it } from "vitest";
import { purgeAssessments } from "../../../components/collector/function/runtime/purge-stream";
import type { CollectorStore } from "../../../components/collector/function/storage/store";
import type { Report } from "../../../scripts/lib/report";
import { reportHtml, reportMarkdown } from "../../../scripts/lib/report";
import { commit, type Line, now, reportOf, storeOf } from "./world";

/** In the stack, of the same tenant as the collector. */
const product = "conductorone";
const day = 86_400_000;
const risk = "password-never-expires";

/** Users of whom so many have a password that never expires. */
function users(found: number): readonly Line[] {
  return Array.from({ length: 30 }, (_, n) => [
    "user",
    `p${n}`,
    {
      id: `p${n}`,
      displayName: `Person ${n}`,
      userPrincipalName: `person${n}@contoso.example`,
      accountEnabled: true,
      userType: "Member",
      passwordPolicies: n < found ? "DisablePasswordExpiration" : "None",
      createdDateTime: "2026-11-01T00:00:00Z",
    },
  ]);
}

const organization = (id: string, name: string): readonly Line[] => [
  ["organization", id, { id, displayName: name }],
];

const findings = ({ assessments }: Report) =>
  assessments.flatMap(({ tenant, metrics }) =>
    metrics
      .filter(({ result }) => result === "finding")
      .map(({ id, count, connector }) => ({ tenant: tenant.displayName, id, count, connector })),
  );
const times = (text: string, part: string): number => text.split(part).length - 1;

/** The collector's reading is of three days ago, the product's of now. */
async function twoReadings(): Promise<CollectorStore> {
  const store = await storeOf();
  const old = new Date(now.getTime() - 3 * day);
  await commit(store, "users", users(10), { at: old });
  await commit(store, "users", users(7), { connector: product });
  return store;
}

describe("a tenant that two connectors read", () => {
  it("has its risk once on every page, in every total, and says whose reading it is", async () => {
    const built = await reportOf({}, await twoReadings());
    const { report, tables } = built;
    expect(findings(report)).toEqual([{ tenant: "Contoso", id: risk, count: 7, connector: product }]);
    expect(report.assessments[0]?.sources).toContain(product);
    expect(report.verdict.numbers[0]).toMatchObject({ value: 1 });
    expect(report.verdict.sentence).toContain("1 lesser risk");
    expect(tables.filter(({ id }) => id.startsWith("evidence-"))).toHaveLength(1);
    const page = reportHtml(built);
    expect(times(page, "Passwords that never expire: 7")).toBe(1);
    expect(times(page, "Passwords that never expire: 10")).toBe(0);
    expect(times(page, `from what ${product} collected.`)).toBe(1);
    const ticket = reportMarkdown(report);
    expect(times(ticket, "Passwords that never expire")).toBe(1);
    expect(times(ticket, "## Risks in Contoso")).toBe(1);
    expect(ticket).toMatch(/From what .*conductorone.* collected\./);
  });

  it("is judged by the widest reading alone where the other could only repeat it", async () => {
    const store = await storeOf();
    await commit(store, "users", users(7), { connector: product });
    const { report } = await reportOf({}, store);
    expect(findings(report)).toMatchObject([{ count: 10, connector: "collector-contoso" }]);
    expect(report.assessments[0]?.sources).toEqual(["collector-contoso"]);
    // What is not read does no harm.
    await store.data.delete(`${product}/users/2026/11/20/r1/part-00001.ndjson.gz`);
    expect(findings((await reportOf({}, store)).report)).toHaveLength(1);
  });

  it("is completed by what only one of them could read", async () => {
    const store = await storeOf();
    await commit(store, "domains", [], { connector: product });
    await commit(store, "policies", [], { connector: product });
    const built = await reportOf({}, store);
    const { assessments } = built.report;
    expect(assessments).toHaveLength(1);
    const page = reportHtml(built);
    expect(times(page, `from what collector-contoso and ${product} collected.`)).toBe(1);
    expect(times(page, "Collected by collector-contoso.")).toBe(1);
    const of = (connector: string) =>
      assessments[0]!.metrics.filter((one) => one.result !== "not-assessed" && one.connector === connector);
    expect(of("collector-contoso").map(({ id }) => id)).toContain(risk);
    expect(of(product).map(({ id }) => id)).toContain("admin-sign-in-frequency");
    expect(assessments[0]!.sources).toEqual(["collector-contoso", product]);
    const ids = assessments[0]!.metrics.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("compares with the day before whoever's reading was the best then, and counts it once", async () => {
    const store = await storeOf();
    const yesterday = new Date(now.getTime() - day);
    await reportOf({ now: yesterday }, store);
    // As kept when each connector was reported on by itself.
    const kept = await store.state.read("collector-contoso/assessments/2026-11-19.json");
    await store.state.write(`${product}/assessments/2026-11-19.json`, kept!.bytes);
    await commit(store, "users", users(10), { at: new Date(now.getTime() - 3 * day) });
    await commit(store, "users", users(12), { connector: product });
    const [trend] = (await reportOf({}, store)).report.trends;
    expect(trend!.metrics.find(({ id }) => id === risk)).toMatchObject({ change: "more", difference: 2 });
    expect(trend!.history.map(({ findings: found }) => found)).toEqual([1, 1]);
  });

  it("keeps what was found with the connector that it was found in, so that a purge takes it along", async () => {
    const store = await twoReadings();
    await reportOf({}, store);
    const named = async (connector: string) =>
      (await store.state.read(`${connector}/assessments/2026-11-20.json`))?.bytes.toString() ?? "";
    expect(await named(product)).toContain("Person 0");
    expect(await named("collector-contoso")).not.toContain("Person");
    await purgeAssessments(store, product);
    for await (const path of store.state.list("")) {
      if (path.includes("/assessments/"))
        expect((await store.state.read(path))!.bytes.toString()).not.toContain("Person");
    }
  });
});

describe("without the stack's outputs", () => {
  const options = { withoutStack: true };

  it("connectors that collected the same organization are of one tenant", async () => {
    const store = await twoReadings();
    await commit(store, "organization", organization("t", "Contoso"), { connector: product });
    const { report } = await reportOf(options, store);
    expect(report.assessments.map(({ tenant }) => tenant.id)).toEqual(["t"]);
    expect(findings(report)).toMatchObject([{ count: 7 }]);
  });

  it("different organizations remain apart, each with its risks", async () => {
    const store = await twoReadings();
    await commit(store, "organization", organization("f", "Fabrikam"), { connector: product });
    const { report } = await reportOf(options, store);
    expect(findings(report)).toEqual([
      { tenant: "Contoso", id: risk, count: 10, connector: "collector-contoso" },
      { tenant: "Fabrikam", id: risk, count: 7, connector: product },
    ]);
    expect(report.verdict.numbers[0]).toMatchObject({ value: 2 });
  });

  it("one that does not say whose it is stands by itself", async () => {
    const { report } = await reportOf(options, await twoReadings());
    expect(findings(report).map(({ connector }) => connector)).toEqual(["collector-contoso", product]);
  });
});
