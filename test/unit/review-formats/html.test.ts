import { describe, expect, it } from "vitest";
import { reviewHtml } from "../../../scripts/lib/review/html";
import { matrixOf } from "../../../scripts/lib/review/html/matrix-model";
import { verdictSentence } from "../../../scripts/lib/review/html/verdict";
import {
  dangerousReview,
  documented,
  emptyReview,
  fleetReview,
  harmlessReview,
  hostileReview,
  hostileTexts,
  identityManager,
  lockFor,
  readOnly,
  readWrite,
  reviewBetween,
  withExchange,
} from "./reviews";

describe("the sentence at the top", () => {
  it("names the worst change and asks for the approval it needs", () => {
    expect(verdictSentence(dangerousReview())).toBe(
      "Dangerous: ConductorOne in contoso and fabrikam goes from reading to writing: it can now grant any permission to any application, itself included, and 10 things more — a path to Global Administrator, which needs a security approval.",
    );
  });

  it("tells writing from reading, and less from more", () => {
    const one = { contoso: lockFor(readOnly) };
    expect(verdictSentence(reviewBetween(one, { contoso: lockFor(readWrite) }))).toMatch(
      /^Look closely: ConductorOne in contoso goes from reading to writing: it can now change who/,
    );
    expect(verdictSentence(harmlessReview())).toMatch(
      /^Nothing dangerous: Identity Manager in contoso is new and can read/,
    );
    expect(
      verdictSentence(reviewBetween({ contoso: lockFor(withExchange) }, { contoso: lockFor(readWrite) })),
    ).toMatch(/^Nothing dangerous: ConductorOne in contoso can no longer/);
    expect(verdictSentence(emptyReview())).toBe("Nothing changes: both states have the same permissions.");
  });

  it("says so when only a detail changes", () => {
    const [lock] = [lockFor(readOnly)];
    const review = reviewBetween({ contoso: lock }, { fabrikam: lock });
    expect(verdictSentence(review)).toBe("Nothing dangerous: only details change, no permission.");
  });
});

describe("the matrix", () => {
  it("has a column for connectors that change alike, with every permission before and after", () => {
    const { columns, rows } = matrixOf(dangerousReview());
    expect(columns.map(({ who, places }) => [who, places.map(({ stack }) => stack)])).toEqual([
      ["ConductorOne", ["contoso", "fabrikam"]],
      ["Identity Manager", ["tailwind"]],
      ["ConductorOne", ["northwind"]],
    ]);
    const cells = (name: string) => rows.find((row) => row.name === name)?.cells;
    expect(cells("RoleManagement.ReadWrite.Directory")).toEqual(["added", "never", "never"]);
    expect(cells("Exchange Administrator")).toEqual(["never", "never", "removed"]);
    expect(cells("GroupMember.ReadWrite.All")).toEqual(["added", "never", "kept"]);
    expect(cells("User.Read.All")).toEqual(["removed", "added", "kept"]);
  });

  it("puts the tiers in order and knows what stays everywhere", () => {
    const { rows } = matrixOf(dangerousReview());
    expect(rows.map(({ tier }) => tier)).toEqual(rows.map(({ tier }) => tier).toSorted());
    const same = matrixOf(
      reviewBetween({ contoso: lockFor(readWrite) }, { contoso: lockFor(withExchange) }),
    ).rows;
    expect(same.filter(({ changed }) => changed).map(({ name }) => name)).toEqual([
      "Exchange.ManageAsApp",
      "Exchange Administrator",
    ]);
    expect(same.filter(({ changed }) => !changed).length).toBeGreaterThan(5);
  });

  it("folds many tenants, and leaves out the least when even the groups are too many", () => {
    const folded = matrixOf(fleetReview(300));
    expect(folded.columns.map(({ places }) => places.length)).toEqual([100, 200]);
    const custom = (name: string) => ({ profile: "custom", name, capabilities: ["users.read"] });
    const many = Array.from({ length: 70 }, (_, index) => custom(`Product ${index}`));
    const review = reviewBetween({}, { contoso: lockFor(documented, ...many) });
    const { columns, leftOut } = matrixOf(review);
    expect(columns).toHaveLength(60);
    expect(columns[0]?.who).toBe("ConductorOne");
    expect(leftOut).toBe(11);
    expect(reviewHtml(review)).toContain("11 more groups of connectors that gain less are in the table");
  });
});

describe("the page", () => {
  it("loads nothing from anywhere", () => {
    const page = reviewHtml(dangerousReview());
    expect(page).not.toMatch(/\b(?:src|srcset|action)=|@import|\burl\(|<link|<iframe|https?:/);
    expect(page).toContain("default-src &#39;none&#39;");
  });

  it("shows names that people choose as text, whatever they are", () => {
    const page = reviewHtml(hostileReview());
    const markup = page.replace(/<style>.*?<\/style>/s, "");
    for (const text of hostileTexts.filter((one) => /[<>"']/.test(one))) {
      expect(markup).not.toContain(text);
    }
    expect(markup.match(/<script\b/g)).toHaveLength(1);
    expect(markup).toContain("&lt;script&gt;window.attacked = true&lt;/script&gt;");
  });

  it("carries every change, with its reason and what would need less", () => {
    const review = dangerousReview();
    const page = reviewHtml(review);
    const [, table = ""] = /id="changes-table".*?<tbody>(.*?)<\/tbody>/s.exec(page) ?? [];
    expect(table.match(/<tr>/g)).toHaveLength(review.lines.length);
    for (const { name } of review.lines) expect(table).toContain(name);
    expect(table).toContain("<code>permissions: minimal</code>");
    expect(table).toContain("Grants any application permission to any app");
  });

  it("needs no more than a sentence when nothing changes", () => {
    const page = reviewHtml(emptyReview());
    expect(page).toContain("Nothing changes");
    expect(page).not.toContain("<table");
  });

  it("says who approves, and that nobody is named where nobody is", () => {
    const page = reviewHtml(dangerousReview());
    expect(page).toMatch(/@contoso\/identity-security, with the label <code>permissions-approved/);
    const unowned = reviewBetween({}, { contoso: lockFor(identityManager) }, { owners: [] });
    expect(reviewHtml(unowned)).toContain("none is named in CODEOWNERS");
  });
});
