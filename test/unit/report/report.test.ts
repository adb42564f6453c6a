import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { reportHtml, reportMarkdown } from "../../../scripts/lib/report";
import { ColumnTable, type PackedTable } from "../../../scripts/lib/report/events/column-table";
import { verdictOf } from "../../../scripts/lib/report/verdict";
import { attack, formula, now, reportOf, storeOf } from "./world";

/** The rows of a table as the page reads them. */
function unpacked({ data }: PackedTable): readonly (readonly (string | number)[])[] {
  const bytes = gunzipSync(Buffer.from(data, "base64"));
  const length = bytes.readUInt32LE(0);
  const header = JSON.parse(bytes.subarray(4, 4 + length).toString("utf8")) as {
    rows: number;
    columns: { kind: string; texts: string[]; bytes: number }[];
  };
  let offset = 4 + length;
  const columns = header.columns.map(({ kind, texts, bytes: size }) => {
    const from = offset;
    offset += Math.ceil((header.rows * size) / 4) * 4;
    return (row: number) => {
      const number = bytes.readUIntLE(from + row * size, size);
      return kind === "time" ? number : texts[number]!;
    };
  });
  expect(offset).toBe(bytes.length);
  return Array.from({ length: header.rows }, (_, row) => columns.map((cell) => cell(row)));
}

describe("what a report says", () => {
  it("counts every event of the period, however few rows the page gets", async () => {
    const { report, tables } = await reportOf({ signIns: 5_000, rowLimit: 100 });
    const { total, shown, series, top } = report.logons;
    expect({ total, shown }).toEqual({ total: 5_000, shown: 100 });
    const sums = [0, 1].map((index) => series.points.reduce((sum, { counts }) => sum + counts[index]!, 0));
    expect(sums).toEqual([500, 4_500]);
    expect(series.points).toHaveLength(31);
    expect(top[0]).toEqual({
      title: "Failures by reason",
      rows: [{ name: "Invalid username or password. (50126)", count: 500 }],
    });
    expect(unpacked(tables.find(({ id }) => id === "logons-table")!)).toHaveLength(100);
  });

  it("leaves out what happened before the period", async () => {
    const { report } = await reportOf({ signIns: 1_000, days: 2 });
    const all = await reportOf({ signIns: 1_000 });
    expect(report.logons.total).toBeGreaterThan(0);
    expect(report.logons.total).toBeLessThan(all.report.logons.total);
    expect(report.logons.series.unit).toBe("hour");
  });

  it("finds the planted risk and nothing else, and says what nobody looked at", async () => {
    const { report, tables } = await reportOf();
    const [assessment] = report.assessments;
    const found = assessment!.metrics.filter(({ result }) => result === "finding");
    expect(found.map(({ id, count, outOf }) => ({ id, count, outOf }))).toEqual([
      { id: "password-never-expires", count: 10, outOf: 30 },
    ]);
    expect(unpacked(tables.find(({ id }) => id === "evidence-0-password-never-expires")!)).toHaveLength(10);
    expect(assessment!.metrics.some(({ result }) => result === "not-assessed")).toBe(true);
  });

  it("puts a stream that is not complete, and a gap, on the first screen", async () => {
    const { verdict, gaps } = (await reportOf({ troubled: true })).report;
    expect(verdict.tone).toBe("danger");
    expect(verdict.sentence).toMatch(/^Needs attention: 1 stream not complete/);
    expect(verdict.numbers.map(({ value }) => value)).toEqual([1, 1, 1]);
    expect(verdict.sentence).toContain("17 risks that could not be assessed");
    expect(gaps).toMatchObject([{ from: "2026-11-10T00:00:00Z", to: "2026-11-11T00:00:00Z" }]);
  });

  it("labels what the platform does for itself in others' mailboxes, and counts it apart", async () => {
    const { names, points } = (await reportOf({ mailboxes: 400 })).report.mailboxAccess.series;
    const sums = names.map((_, index) => points.reduce((sum, { counts }) => sum + counts[index]!, 0));
    expect(Object.fromEntries(names.map((name, index) => [name, sums[index]]))).toEqual({
      Administrator: 100,
      Delegate: 200,
      "Service account": 100,
    });
  });

  it("says when each credential ends, the first to end first", async () => {
    const credentials = (await reportOf()).report.credentials!;
    expect(credentials.map(({ connector, daysLeft, current }) => [connector, daysLeft, current])).toEqual([
      ["Collector Contoso", 10, true],
      ["ConductorOne", 24, false],
      ["ConductorOne", 99, true],
    ]);
  });

  it("shows the most dangerous permission first", async () => {
    const { connectors, rows } = (await reportOf()).report.permissions!;
    expect(connectors).toEqual(["Collector Contoso", "ConductorOne"]);
    expect(rows[0]).toMatchObject({
      permission: "RoleManagement.ReadWrite.Directory",
      tier: "T0",
      held: [false, true],
    });
  });

  it("leaves out permissions and credentials without the stack, and says so where it is asked", async () => {
    const { report } = await reportOf({ withoutStack: true });
    expect([report.permissions, report.credentials]).toEqual([null, null]);
    expect(report.assessments).toHaveLength(1);
  });

  it("does not call good what nobody looked at, what is old, or what is there in part", () => {
    const now = "2026-11-20T12:00:00Z";
    const metric = (result: string, reasonCode?: string) => ({ result, severity: "high", reasonCode });
    const said = (metrics: readonly object[], ...streams: readonly object[]) =>
      verdictOf({
        generatedAt: now,
        assessments: [{ metrics } as never],
        gaps: [],
        credentials: [],
        streams: streams.map((one) => ({ state: "connected", lastSuccess: now, ...one }) as never),
      });
    const ok = metric("ok");
    expect(said([ok], {})).toMatchObject({
      tone: "relief",
      sentence: expect.stringContaining("no risk was found"),
    });
    const off = said([ok, metric("not-assessed", "opt-in-off")], {});
    expect(off).toMatchObject({ tone: "relief" });
    expect(off.sentence).toContain("no risk was found (1 check switched off)");
    const hindered = said([ok, metric("not-assessed", "license-missing")], {});
    expect(hindered).toMatchObject({
      tone: "caution",
      sentence: expect.stringContaining("1 risk that could not be assessed"),
    });
    const old = said([ok], { lastSuccess: "2026-11-18T11:59:00Z" }, { lastSuccess: "2026-11-18T12:00:00Z" });
    expect(old).toMatchObject({
      tone: "caution",
      sentence: expect.stringContaining("1 stream not collected for more than 2 days"),
    });
    const part = said([ok], { state: "degraded", problem: { code: "license-missing" } });
    expect(part).toMatchObject({
      tone: "caution",
      sentence: expect.stringContaining("1 stream collected in part"),
    });
    expect(said([ok], { state: "syncing" })).toMatchObject({ tone: "relief" });
    expect(said([ok], { state: "syncing", lastSuccess: undefined })).toMatchObject({ tone: "danger" });
  });

  it("compares with the day before", async () => {
    const store = await storeOf({ users: 30 });
    const first = await reportOf({ now: new Date(now.getTime() - 86_400_000) }, store);
    expect(first.report.trends).toEqual([null]);
    const { trends } = (await reportOf({}, store)).report;
    expect(trends[0]).toMatchObject({ since: "2026-11-19T12:00:00.000Z" });
    const moved = trends[0]!.metrics.find(({ id }) => id === "password-never-expires");
    expect(moved).toMatchObject({ change: "same", difference: 0 });
  });
});

describe("long tables", () => {
  it("keep the newest rows, whatever order they come in", () => {
    const table = new ColumnTable(
      [
        { title: "Time", kind: "time" },
        { title: "Name", kind: "text" },
      ],
      10,
    );
    for (let n = 0; n < 1_000; n += 1) table.add([((n * 7) % 1_000) * 1_000, `row ${(n * 7) % 1_000}`]);
    const packed = table.pack("t", "T");
    expect(packed).toMatchObject({ rows: 10, total: 1_000 });
    expect(unpacked(packed)).toEqual(Array.from({ length: 10 }, (_, n) => [999 - n, `row ${999 - n}`]));
  });

  it.each([256, 257, 65_536, 65_537])("keep %i texts of a column apart", (texts) => {
    const table = new ColumnTable(
      [
        { title: "Number", kind: "text" },
        { title: "Parity", kind: "text" },
      ],
      100_000,
    );
    for (let n = 0; n < texts; n += 1) table.add([`text ${n}`, n % 2 === 0 ? "even" : "odd"]);
    const rows = unpacked(table.pack("t", "T"));
    expect(rows).toHaveLength(texts);
    for (const n of [0, 1, 255, texts - 1]) {
      expect(rows[n]).toEqual([`text ${n}`, n % 2 === 0 ? "even" : "odd"]);
    }
  });

  it("keep every text apart, even those that look like something else", () => {
    const texts = ["", "a", formula, attack, "ü€𝄞", "toString", "__proto__"];
    const table = new ColumnTable([{ title: "Text", kind: "text" }], 100);
    for (const text of texts) table.add([text]);
    expect(unpacked(table.pack("t", "T")).flat()).toEqual(texts);
  });
});

describe("what a tenant names", () => {
  it("never becomes HTML", async () => {
    const page = reportHtml(await reportOf({ hostile: true, troubled: true }));
    expect(page).not.toContain("<script>window");
    expect(page).not.toContain("<img");
    expect(page).toContain("&lt;script&gt;");
    expect(page.match(/<script>/g)).toHaveLength(1);
    expect(page).not.toMatch(/ style=| on[a-z]+="/);
  });

  it("never becomes markup or a link in a ticket", async () => {
    const text = reportMarkdown((await reportOf({ hostile: true })).report);
    expect(text).not.toMatch(/<[a-z]/i);
    expect(text).not.toContain("https://");
    expect(text).toContain("Passwords that never expire");
  });
});

describe("a ticket", () => {
  it("says which credentials end, and which risks are new and resolved", async () => {
    const store = await storeOf({ users: 30 });
    await reportOf({ now: new Date(now.getTime() - 86_400_000) }, store);
    for await (const path of store.state.list("collector-contoso/assessments/")) {
      const kept = await store.state.read(path);
      const before = kept!.bytes
        .toString()
        .replace(
          `"id":"password-never-expires","result":"finding"`,
          `"id":"password-never-expires","result":"ok"`,
        );
      await store.state.write(path, Buffer.from(before));
    }
    const text = reportMarkdown((await reportOf({}, store)).report);
    expect(text).toContain("Since 2026-11-19: New: Passwords that never expire.");
    expect(text).toMatch(/## Credentials to renew\n\n- Collector Contoso · [^\n]*: ends 2026-12-01\n/);
    expect(text).not.toContain("2027-02-28");
  });
});

describe("what is old", () => {
  it("is said in a ticket and on the page", async () => {
    const store = await storeOf();
    const built = await reportOf({ now: new Date(now.getTime() + 3 * 86_400_000) }, store);
    expect(reportMarkdown(built.report)).toContain("users: connected. Last complete 2026-11-20.");
    expect(reportHtml(built)).toContain(`2026-11-20 12:00 <span class="badge caution">old</span>`);
    expect(reportMarkdown((await reportOf({}, store)).report)).toContain("Every stream is complete.");
  });
});

describe("the page", () => {
  it("tells people of one name apart, and speaks of yes, no and minutes", async () => {
    const { report, tables } = await reportOf();
    const page = reportHtml({ report, tables });
    expect(page).toContain("user0@contoso.example, user12@contoso.example");
    const rows = unpacked(tables.find(({ id }) => id === "evidence-0-password-never-expires")!);
    expect(rows[0]).toEqual(["User 0", "user0@contoso.example", "", "no", "user", "u0"]);
  });

  it("says a reason once for all that it holds for", async () => {
    const page = reportHtml(await reportOf({ troubled: true }));
    expect(page.match(/policies: Policies can&#39;t be read/g)).toHaveLength(1);
  });

  it("says above the pictures what they lack", async () => {
    const page = reportHtml(await reportOf({ troubled: true }));
    const mailboxes = page.slice(page.indexOf(`<h2 id="mailboxes">`), page.indexOf(`<h2 id="activity">`));
    expect(mailboxes).toContain("Events are missing: 2026-11-10 00:00 to 2026-11-11 00:00 UTC");
    expect(page.slice(page.indexOf(`<h2 id="logons">`), page.indexOf(`<h2 id="mailboxes">`))).not.toContain(
      "Incomplete",
    );
  });

  it("says why events were not collected", async () => {
    const page = reportHtml(await reportOf({ unlicensed: true }));
    const logons = page.slice(page.indexOf(`<h2 id="logons">`), page.indexOf(`<h2 id="mailboxes">`));
    expect(logons).toContain("Sign-ins need Entra ID P1.");
    expect(logons).toContain("Not collected.");
  });

  it("names who is new and who is gone since the day before", async () => {
    const store = await storeOf({ users: 30 });
    await reportOf({ now: new Date(now.getTime() - 86_400_000) }, store);
    const later = await storeOf({ users: 33 });
    for await (const path of store.state.list("collector-contoso/assessments/")) {
      const kept = await store.state.read(path);
      await later.state.write(path, Buffer.from(kept!.bytes.toString().replace(`"id":"u3"`, `"id":"gone"`)));
    }
    const page = reportHtml(await reportOf({}, later));
    expect(page).toContain("1 more than before");
    expect(page).toContain("New since 2026-11-19: user3@contoso.example, user30@contoso.example.");
    expect(page).toContain("Gone: User 3.");
    expect(page).toContain("for each day with a report from 2026-11-19 to 2026-11-20: 1, 1</figcaption>");
  });

  it("tells the credential before the current one from the next", async () => {
    const page = reportHtml(await reportOf());
    expect(page).toContain("<td>previous</td>");
    expect(page).toContain("Client secret<small>");
  });
});

it("loads nothing from anywhere", async () => {
  const page = reportHtml(await reportOf());
  expect(page.match(/(?:src|href)="(?!#)[^"]*"/g)).toBeNull();
  expect(page.slice(0, 1_000)).toContain("default-src &#39;none&#39;");
});
