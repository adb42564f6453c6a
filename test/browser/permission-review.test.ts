import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Review } from "../../components/permissions/diff/model";
import { reviewHtml } from "../../scripts/lib/review/html";
import {
  dangerousReview,
  fleetReview,
  harmlessReview,
  hostileReview,
  lockFor,
  readWrite,
  reviewBetween,
  withExchange,
} from "../unit/review-formats/reviews";
import { executablePath, launch } from "./chromium";

describe.skipIf(executablePath === undefined)("the page of a permission review", () => {
  const folder = mkdtempSync(join(tmpdir(), "permission-review-page-"));
  const file = join(folder, "review.html");
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

  async function open(review: Review, options: BrowserContextOptions = {}): Promise<Page> {
    writeFileSync(file, reviewHtml(review));
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const page = await context.newPage();
    page.on("request", (request) => asked.push(request.url()));
    page.on("console", (message) => troubles.push(message.text()));
    page.on("pageerror", (error) => troubles.push(error.message));
    await page.goto(`file://${file}`);
    return page;
  }

  it("says on the first screen whether anything is dangerous, and asks the network for nothing", async () => {
    const page = await open(dangerousReview());
    const sentence = page.getByRole("heading", { name: /^Dangerous: ConductorOne/ });
    const numbers = page.locator(".number");
    for (const one of [sentence, ...(await numbers.all())]) {
      const box = await one.boundingBox();
      expect(box!.y + box!.height).toBeLessThan(800);
    }
    expect(await numbers.locator("dd").allTextContents()).toEqual(["4", "7", "4"]);
    expect(asked).toEqual([`file://${file}`]);
    expect(troubles).toEqual([]);
  });

  it("shows the matrix as the change, before and after, by keyboard", async () => {
    const page = await open(dangerousReview());
    const row = page.locator("#matrix-table tr", { hasText: "RoleManagement.ReadWrite.Directory" });
    const texts = async () => await row.locator("td span:visible").allTextContents();
    expect(await texts()).toEqual(["+ new"]);
    await page.getByRole("radio", { name: "the change" }).focus();
    await page.keyboard.press("ArrowRight");
    expect(await texts()).toEqual(["no", "no", "no"]);
    await page.keyboard.press("ArrowRight");
    expect(await texts()).toEqual(["● yes", "no", "no"]);
  });

  it("shows what stays everywhere when asked to", async () => {
    const review = reviewBetween({ contoso: lockFor(readWrite) }, { contoso: lockFor(withExchange) });
    const page = await open(review);
    const hidden = await page.locator("#matrix-table tr.same:visible").count();
    const all = await page.locator("#matrix-table tr.same").count();
    await page.getByRole("checkbox", { name: /stay everywhere/ }).check();
    expect(hidden).toBe(0);
    expect(all).toBeGreaterThan(5);
    expect(await page.locator("#matrix-table tr.same:visible").count()).toBe(all);
  });

  it("searches all words and says how many changes are left", async () => {
    const page = await open(dangerousReview());
    await page.getByRole("searchbox", { name: "Search" }).fill("northwind exchange");
    const rows = page.locator("#changes-table tbody tr:visible");
    const shown = await rows.allTextContents();
    expect(shown.length).toBeGreaterThan(1);
    for (const text of shown) expect(text).toMatch(/northwind/);
    await expect
      .poll(async () => await page.getByRole("status").textContent())
      .toBe(`${shown.length} of ${dangerousReview().lines.length} changes`);
  });

  it("sorts by any column, both ways, and tells a screen reader which", async () => {
    const page = await open(dangerousReview());
    const column = page.getByRole("columnheader", { name: "Permission" }).last();
    const names = async () =>
      await page.locator("#changes-table tbody th").evaluateAll((all) => all.map((one) => one.textContent));
    await column.getByRole("button").press("Enter");
    const ascending = await names();
    expect(await column.getAttribute("aria-sort")).toBe("ascending");
    await column.getByRole("button").press("Enter");
    expect(await column.getAttribute("aria-sort")).toBe("descending");
    expect(await names()).not.toEqual(ascending);
    expect((await names())[0]).toBe(ascending.at(-1));
    await page.getByRole("columnheader", { name: "Danger" }).getByRole("button").press("Enter");
    expect(await page.locator("#changes-table tbody tr").first().textContent()).toContain("Dangerous");
  });

  it("exports what is shown as CSV that a spreadsheet takes for text", async () => {
    const page = await open(hostileReview());
    await page.getByRole("searchbox").fill("HYPERLINK");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Export as CSV" }).click(),
    ]);
    const text = readFileSync(await download.path(), "utf8");
    const lines = text.trimEnd().split("\r\n");
    expect(lines[0]).toBe(
      '\uFEFF"Danger","Permission","What it allows","Change","Who","Tier","Because","Stacks"',
    );
    expect(lines.length - 1).toBe(await page.locator("#changes-table tbody tr:visible").count());
    expect(text).toContain(`"'=HYPERLINK(`);
    expect(text).not.toMatch(/(?:^|,)"[=+@-]/m);
    expect(text).toContain('""https://attacker.example""');
  });

  it("runs nothing that a name contains", async () => {
    const page = await open(hostileReview());
    await page.mouse.move(640, 400);
    expect(await page.evaluate("window.attacked")).toBeUndefined();
    expect(await page.locator("img, svg, a[href^=http]").count()).toBe(0);
    expect(troubles).toEqual([]);
  });

  it("would run no foreign script even if one came through", async () => {
    writeFileSync(
      file,
      reviewHtml(harmlessReview()).replace("</h1>", "</h1><script>window.attacked = true</script>"),
    );
    const page = await (await browser.newContext()).newPage();
    await page.goto(`file://${file}`);
    expect(await page.evaluate("window.attacked")).toBeUndefined();
  });

  it.each([
    ["light", 1280],
    ["dark", 1280],
    ["light", 360],
    ["dark", 360],
  ] as const)(
    "is accessible by WCAG 2.2 AA in %s at %i pixels, without scrolling sideways",
    async (colorScheme, width) => {
      const page = await open(dangerousReview(), { colorScheme, viewport: { width, height: 800 } });
      await page.evaluate(`for (const one of document.querySelectorAll("details")) one.open = true`);
      await page.evaluate(axe.source);
      const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
      const result = await page.evaluate(`axe.run({ runOnly: ${JSON.stringify(tags)} })`);
      expect(violationsOf(result)).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
      const background = await page.evaluate("getComputedStyle(document.body).backgroundColor");
      expect(background).toBe(colorScheme === "dark" ? "rgb(13, 17, 23)" : "rgb(255, 255, 255)");
    },
  );

  it("shows permission and cell side by side on a phone", async () => {
    const page = await open(dangerousReview(), { viewport: { width: 360, height: 800 } });
    const cell = await page.locator("#matrix-table td.added").first().boundingBox();
    expect(cell!.x + cell!.width).toBeLessThan(360);
  });

  it("prints everything, opened", async () => {
    const page = await open(dangerousReview(), { colorScheme: "dark" });
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    await page.evaluate(`dispatchEvent(new Event("beforeprint"))`);
    expect(await page.locator("details:not([open])").count()).toBe(0);
    expect(await page.locator(".tools:visible").count()).toBe(0);
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
    await page.evaluate(`dispatchEvent(new Event("afterprint"))`);
    expect(await page.locator("details[open]").count()).toBe(0);
  });

  it("opens at once with 300 stacks, each with products of its own", async () => {
    const review = manyDifferent(300);
    expect(review.lines.length).toBeGreaterThan(1_500);
    const page = await open(review);
    const [timing] = (await page.evaluate(
      `performance.getEntriesByType("navigation").map(({ domContentLoadedEventEnd }) => domContentLoadedEventEnd)`,
    )) as [number];
    expect(timing).toBeLessThan(2_000);
    expect(statSync(file).size).toBeLessThan(4_000_000);
    const started = performance.now();
    await page.getByRole("searchbox").fill("tenant-250");
    await expect
      .poll(async () => await page.getByRole("status").textContent())
      .toMatch(/^\d+ of \d+ changes$/);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

/** A fleet in which nothing can be folded: every tenant's products are its own. */
function manyDifferent(count: number): Review {
  const review = fleetReview(count);
  const lines = review.lines.flatMap((line) =>
    line.places.map((place) => ({
      ...line,
      id: `${line.id}/${place.stack}`,
      who: place.connector,
      places: [place],
    })),
  );
  return { ...review, lines };
}

function violationsOf(result: unknown): readonly string[] {
  const { violations } = result as {
    violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
  };
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
  );
}
