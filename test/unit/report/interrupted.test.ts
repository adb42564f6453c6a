import { expect, it } from "vitest";
import { reportHtml, reportMarkdown } from "../../../scripts/lib/report";
import { reportOf, storeOf, writeStatus } from "./world";

it("says of a run that was cut off that it is interrupted, since when, and what to do", async () => {
  const store = await storeOf();
  const since = "2026-11-20T09:15:00.000Z";
  const syncing = { state: "syncing", updatedAt: since } as const;
  await writeStatus(store, "users", { ...syncing, lastSuccess: "2026-11-20T08:00:00.000Z" });
  const built = await reportOf({}, store);
  const users = built.report.streams.find(({ stream }) => stream === "users");
  expect(users).toMatchObject({ state: "interrupted", problem: { code: "interrupted" } });
  expect(built.report.verdict.sentence).toContain("1 stream interrupted");
  expect(built.report.verdict.numbers[1]).toMatchObject({ value: 1, tone: "caution" });
  const page = reportHtml(built);
  expect(page).toContain('<span class="badge caution">interrupted</span>');
  expect(page).toContain("nothing was heard of it since 2026-11-20 09:15 UTC.");
  const ticket = reportMarkdown(built.report);
  expect(ticket).toMatch(
    /- collector-contoso · users: interrupted\. The run was interrupted: .*run -s cli -- collect/,
  );
  // What never was complete is not complete; a lease that is held says that the run lives.
  await writeStatus(store, "users", { ...syncing, lastSuccess: undefined });
  expect((await reportOf({}, store)).report.verdict.sentence).toContain("1 stream not complete");
  await store.state.lease("collector-contoso/users/lock");
  const living = (await reportOf({}, store)).report.streams.find(({ stream }) => stream === "users");
  expect(living).toMatchObject({ state: "syncing" });
  expect(living).not.toHaveProperty("problem");
});
