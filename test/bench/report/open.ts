/** How soon the page is there in a browser. */
import { pathToFileURL } from "node:url";
import { executablePath, launch } from "../../browser/chromium";

/** Milliseconds from the request of the page. */
export interface Opened {
  readonly firstPaint: number;
  /** The first long table shows its rows. */
  readonly firstRows: number;
}

/** Asks the page itself. */
const firstPaint = `new Promise((resolve) => new PerformanceObserver((list) => resolve(list.getEntries()[0].startTime)).observe({ type: "paint", buffered: true }))`;

/** Opens the page in a fresh browser, so many times. Undefined: there is none on this machine. */
export async function open(page: string, times: number): Promise<readonly Opened[] | undefined> {
  if (executablePath === undefined) return undefined;
  const browser = await launch();
  try {
    const all: Opened[] = [];
    for (let time = 0; time < times; time += 1) {
      const context = await browser.newContext();
      const tab = await context.newPage();
      await tab.goto(pathToFileURL(page).href);
      const paint = Number(await tab.evaluate(firstPaint));
      const grid = tab.locator(`[data-grid="logons-table"]`);
      await grid.scrollIntoViewIfNeeded();
      await grid.locator("tbody tr").first().waitFor();
      all.push({ firstPaint: paint, firstRows: Number(await tab.evaluate("performance.now()")) });
      await context.close();
    }
    return all;
  } finally {
    await browser.close();
  }
}
