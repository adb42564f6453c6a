import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type BuiltReport, reportHtml } from "../../scripts/lib/report";
import { reportOf } from "../unit/report/world";
import { executablePath, launch } from "./chromium";

describe.skipIf(executablePath === undefined)("the page of a report", () => {
  const folder = mkdtempSync(join(tmpdir(), "report-page-"));
  const file = join(folder, "report.html");
  const asked: string[] = [];
  const troubles: string[] = [];
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    asked.length = 0;
    troubles.length = 0;
  });

  async function open(built: BuiltReport, options: BrowserContextOptions = {}): Promise<Page> {
    writeFileSync(file, reportHtml(built));
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const page = await context.newPage();
    page.on("request", (request) => asked.push(request.url()));
    page.on("console", (message) => troubles.push(message.text()));
    page.on("pageerror", (error) => troubles.push(error.message));
    await page.goto(`file://${file}`);
    return page;
  }

  /** A long table, once its rows are there. */
  async function grid(page: Page, id: string): Promise<Locator> {
    const place = page.locator(`[data-grid="${id}"]`);
    await place.scrollIntoViewIfNeeded();
    await place.locator("tbody tr").first().waitFor();
    return place;
  }

  const statusOf = async (table: Locator) => await table.getByRole("status").textContent();

  it("says on the first screen whether anything is wrong, and asks the network for nothing", async () => {
    const page = await open(await reportOf({ troubled: true }));
    const numbers = page.locator(".number");
    for (const one of [page.getByRole("heading", { name: /^Needs attention/ }), ...(await numbers.all())]) {
      const box = await one.boundingBox();
      expect(box!.y + box!.height).toBeLessThan(800);
    }
    expect(await numbers.locator("dd").allTextContents()).toEqual(["1", "1", "1"]);
    await grid(page, "logons-table");
    expect(await page.locator(".chart canvas").count()).toBeGreaterThan(0);
    expect(asked).toEqual([`file://${file}`]);
    expect(troubles).toEqual([]);
  });

  it("searches, sorts and turns pages by keyboard", async () => {
    const page = await open(await reportOf({ signIns: 500 }));
    const table = await grid(page, "logons-table");
    expect(await statusOf(table)).toBe("500 rows");
    expect(await table.locator("tbody tr").count()).toBe(50);
    await table.getByRole("button", { name: "Next" }).press("Enter");
    expect(await table.textContent()).toContain("Rows 51 to 100");
    const last = table.getByRole("button", { name: "Last" });
    await last.press("Enter");
    expect(await table.textContent()).toContain("Rows 451 to 500");
    // The place on the page is not lost with the last page.
    expect(await last.evaluate("document.activeElement.textContent")).toBe("Last");
    await last.press("Enter");
    expect(await table.textContent()).toContain("Rows 451 to 500");
    const search = table.getByRole("searchbox", { name: "Search in Sign-ins" });
    await search.fill("failed teams");
    await expect.poll(async () => await statusOf(table)).toMatch(/^\d+ of 500 rows$/);
    for (const row of await table.locator("tbody tr").allTextContents()) {
      expect(row).toMatch(/Failed.*Microsoft Teams/);
    }
    await search.fill("");
    await expect.poll(async () => await statusOf(table)).toBe("500 rows");
    const who = table.getByRole("columnheader", { name: "Who" });
    await who.getByRole("button").press("Enter");
    expect(await who.getAttribute("aria-sort")).toBe("ascending");
    expect(await table.locator("tbody tr").first().textContent()).toContain("user0@");
    await who.getByRole("button").press("Enter");
    expect(await who.getAttribute("aria-sort")).toBe("descending");
    expect(await table.locator("tbody tr").first().textContent()).toContain("user499@");
  });

  it("exports what is shown as CSV that a spreadsheet takes for text", async () => {
    const page = await open(await reportOf({ hostile: true }));
    const table = await grid(page, "logons-table");
    await table.getByRole("searchbox").fill("hyperlink");
    await expect.poll(async () => await statusOf(table)).toBe("50 of 500 rows");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      table.getByRole("button", { name: "Export as CSV" }).click(),
    ]);
    const text = readFileSync(await download.path(), "utf8");
    expect(text.trimEnd().split("\r\n")).toHaveLength(51);
    expect(text).toContain(`"'=HYPERLINK(""https://attacker.example""`);
    expect(text).not.toMatch(/(?:^|,)"\s*[=+@-]/m);
  });

  it("runs nothing that a tenant names", async () => {
    const page = await open(await reportOf({ hostile: true, troubled: true }));
    for (const id of ["logons-table", "activity-table"]) await grid(page, id);
    await page.locator(".risks summary").first().click();
    await grid(page, "evidence-0-password-never-expires");
    expect(await page.evaluate("window.attacked")).toBeUndefined();
    expect(await page.locator("img, a[href^=http]").count()).toBe(0);
    expect(troubles).toEqual([]);
  });

  it.each([
    ["light", 1280],
    ["dark", 1280],
    ["light", 360],
    ["dark", 360],
  ] as const)(
    "is accessible by WCAG 2.2 AA in %s at %i pixels, without scrolling sideways",
    async (colorScheme, width) => {
      const page = await open(await reportOf({ troubled: true }), {
        colorScheme,
        viewport: { width, height: 800 },
      });
      await page.evaluate(`for (const one of document.querySelectorAll("details")) one.open = true`);
      for (const id of ["evidence-0-password-never-expires", "logons-table", "mailbox-access-table"]) {
        await grid(page, id);
      }
      await page.evaluate(axe.source);
      const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
      const result = await page.evaluate(`axe.run({ runOnly: ${JSON.stringify(tags)} })`);
      expect(violationsOf(result)).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    },
  );

  it("prints in light, with every table and without buttons", async () => {
    const page = await open(await reportOf(), { colorScheme: "dark" });
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    await page.evaluate(`dispatchEvent(new Event("beforeprint"))`);
    await expect.poll(async () => await page.locator(".grid .waiting").count()).toBe(0);
    expect(await page.locator(".tools:visible").count()).toBe(0);
    expect(await page.locator(`[data-grid="logons-table"] .printed:visible`).textContent()).toBe(
      "Rows 1 to 50 of 500; the file has all of them.",
    );
    // Paper is narrower than the screen that pictures were drawn for, and tells nobody: they fit at once.
    const widths = `Array.from(document.querySelectorAll("figure .chart canvas"), (one) => { one.closest("figure").style.width = "500px"; return one.getBoundingClientRect().width; })`;
    expect(Math.max(...((await page.evaluate(widths)) as number[]))).toBeLessThanOrEqual(500);
    const beyond = `Math.max(...Array.from(document.querySelectorAll("main > section, .scroll"), (one) => one.scrollHeight - one.clientHeight))`;
    expect(await page.evaluate(beyond)).toBeLessThanOrEqual(1);
    expect(await page.locator("figcaption details:visible").count()).toBe(0);
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
  });

  it("paints within a second and finds at once among 100,000 rows", async () => {
    const page = await open(await reportOf({ signIns: 100_000 }));
    const [paint] = (await page.evaluate(
      `new Promise((resolve) => new PerformanceObserver((list) => resolve(list.getEntries().map(({ startTime }) => startTime))).observe({ type: "paint", buffered: true }))`,
    )) as [number];
    expect(paint).toBeLessThan(1_000);
    const table = await grid(page, "logons-table");
    expect(await statusOf(table)).toBe("100,000 rows");
    const started = performance.now();
    await table.getByRole("searchbox").fill("user250 failed");
    await expect.poll(async () => await statusOf(table)).toMatch(/^\d+ of 100,000 rows$/);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

function violationsOf(result: unknown): readonly string[] {
  const { violations } = result as {
    violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
  };
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
  );
}
