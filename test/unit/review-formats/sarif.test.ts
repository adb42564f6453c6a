import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Review } from "../../../components/permissions/diff/model";
import { lockText } from "../../../components/permissions/lock/canonical";
import { sarifText } from "../../../scripts/lib/review/sarif";
import {
  dangerousReview,
  documented,
  emptyReview,
  fleetReview,
  harmlessReview,
  hostileReview,
  identityManager,
  lockFor,
  readOnly,
  readWrite,
  reviewBetween,
} from "./reviews";

/** The parts of the SARIF 2.1.0 schema that are used, strict: a misspelt property is an error. */
const message = z.strictObject({ text: z.string().min(1) });
const region = z.strictObject({ startLine: z.int().min(1) });
const result = z.strictObject({
  ruleId: z.string(),
  ruleIndex: z.int().min(0),
  level: z.enum(["none", "note", "warning", "error"]),
  message,
  locations: z
    .array(
      z.strictObject({
        physicalLocation: z.strictObject({
          artifactLocation: z.strictObject({ uri: z.string().regex(/^[\w%./~-]+$/) }),
          region,
        }),
        logicalLocations: z.array(z.strictObject({ fullyQualifiedName: z.string(), kind: z.string() })),
      }),
    )
    .length(1),
  partialFingerprints: z.record(z.string(), z.string()),
  properties: z.record(z.string(), z.unknown()),
});
const rule = z.strictObject({
  id: z.string(),
  name: z.string().regex(/^[A-Z]\w+$/),
  shortDescription: message,
  fullDescription: z.strictObject({ text: z.string().max(1_024) }),
  help: z.strictObject({ text: z.string(), markdown: z.string() }),
  defaultConfiguration: z.strictObject({ level: z.enum(["none", "note", "warning", "error"]) }),
  properties: z.strictObject({ tags: z.array(z.string()).max(20) }),
});
const sarif = z.strictObject({
  $schema: z.url(),
  version: z.literal("2.1.0"),
  runs: z
    .array(
      z.strictObject({
        tool: z.strictObject({
          driver: z.strictObject({ name: z.string(), version: z.string(), rules: z.array(rule) }),
        }),
        automationDetails: z.strictObject({ id: z.string() }),
        columnKind: z.enum(["utf16CodeUnits", "unicodeCodePoints"]),
        invocations: z.array(
          z.strictObject({
            executionSuccessful: z.boolean(),
            toolExecutionNotifications: z
              .array(z.strictObject({ level: z.enum(["note", "warning", "error"]), message }))
              .optional(),
          }),
        ),
        results: z.array(result),
        properties: z.record(z.string(), z.unknown()),
      }),
    )
    .length(1),
});

function runOf(review: Review) {
  const [run] = sarif.parse(JSON.parse(sarifText(review))).runs;
  return run!;
}

function lineAt(review: Review, { physicalLocation }: z.output<typeof result>["locations"][number]): string {
  const { uri } = physicalLocation.artifactLocation;
  const stack = review.stacks.find((one) => uri === `infra/permissions/${one.stack}.json`)!;
  const text = stack.kind === "removed" ? "" : lockText(stack.after);
  return text.split("\n")[physicalLocation.region.startLine - 1]!;
}

describe("the SARIF of a review", () => {
  it("is one result a change and place, each of a rule of its own kind, in the order of danger", () => {
    const review = dangerousReview();
    const { results, tool } = runOf(review);
    expect(results).toHaveLength(review.lines.reduce((sum, { places }) => sum + places.length, 0));
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    expect(new Set(tool.driver.rules.map(({ id }) => id)).size).toBe(tool.driver.rules.length);
    expect(results[0]?.level).toBe("error");
    expect(results.map(({ level }) => level)).toContain("warning");
    expect(results.at(-1)?.level).toBe("note");
  });

  it("makes an error of a path to Global Administrator alone", () => {
    const review = dangerousReview();
    const errors = runOf(review).results.filter(({ level }) => level === "error");
    const grave = review.lines.filter(({ level }) => level === "tier0");
    expect(errors.map(({ message: { text } }) => text).join()).toContain(
      "RoleManagement.ReadWrite.Directory",
    );
    expect(errors).toHaveLength(grave.reduce((sum, { places }) => sum + places.length, 0));
    expect(runOf(harmlessReview()).results.map(({ level }) => level)).not.toContain("error");
  });

  it("names the line of the lock file where a permission stands", () => {
    const review = dangerousReview();
    const { results } = runOf(review);
    const added = results.filter(({ ruleId }) => ruleId === "permissions/app-role-added");
    expect(added.length).toBeGreaterThan(4);
    for (const {
      locations,
      message: { text },
    } of added) {
      const [, name] = /: (\S+) \(/.exec(text) ?? [];
      expect(lineAt(review, locations[0]!)).toContain(`"role": "${name}"`);
    }
  });

  it("tells the connectors of a file apart", () => {
    const review = reviewBetween(
      { contoso: lockFor(identityManager, { ...readOnly, name: "B" }, { ...readOnly, name: "C" }) },
      { contoso: lockFor(identityManager, { ...readOnly, name: "B" }, { ...readWrite, name: "C" }) },
    );
    const lines = lockText(review.stacks[0]!.kind === "changed" ? review.stacks[0]!.after : lockFor()).split(
      "\n",
    );
    const c = lines.findIndex((line) => line.includes('"name": "C"'));
    const next = lines.findIndex((line, index) => index > c && line.includes('      "name": '));
    for (const { locations } of runOf(review).results) {
      const { startLine } = locations[0]!.physicalLocation.region;
      expect(startLine).toBeGreaterThan(c);
      expect(startLine - 1).toBeLessThan(next);
    }
  });

  it("puts what is gone where it would stand", () => {
    const review = dangerousReview();
    const gone = runOf(review).results.filter(
      ({ ruleId }) => ruleId === "permissions/directory-role-removed",
    );
    expect(gone.map(({ locations }) => lineAt(review, locations[0]!))).toEqual([
      '      "directoryRoles": [],',
    ]);
    const removed = reviewBetween({ contoso: lockFor(readOnly) }, {});
    for (const { locations } of runOf(removed).results) {
      expect(locations[0]!.physicalLocation.region.startLine).toBe(1);
    }
  });

  it("keeps the fingerprint of a change when the file around it moves", () => {
    const before = lockFor(readOnly);
    const alone = reviewBetween({ contoso: before }, { contoso: lockFor(documented) });
    const moved = reviewBetween(
      { contoso: before },
      { contoso: lockFor({ ...identityManager, name: "A" }, documented) },
    );
    const prints = (review: Review) =>
      new Map(
        runOf(review)
          .results.filter(({ message: { text } }) => text.includes("ConductorOne in"))
          .map(({ message: { text }, partialFingerprints }) => [text, partialFingerprints]),
      );
    expect(prints(alone).size).toBeGreaterThan(5);
    expect(prints(moved)).toEqual(prints(alone));
    const all = runOf(moved).results.map((one) => one.partialFingerprints.primaryLocationLineHash);
    expect(new Set(all).size).toBe(all.length);
  });

  it("says so when it leaves out what code scanning would not keep", () => {
    const review = fleetReview(600);
    const findings = review.lines.reduce((sum, { places }) => sum + places.length, 0);
    expect(findings).toBeGreaterThan(5_000);
    const { invocations, results } = runOf(review);
    expect(results).toHaveLength(5_000);
    expect(invocations[0]?.toolExecutionNotifications?.[0]?.message.text).toMatch(
      new RegExp(`^${findings - 5_000} less dangerous`),
    );
  });

  it("makes no link and no argument of a name", () => {
    const texts = runOf(hostileReview()).results.map(({ message: { text } }) => text);
    expect(texts.join()).toContain("[click] (https://attacker.example)");
    for (const text of texts) {
      expect(text).not.toContain("](");
      expect(text).not.toMatch(/\{\d+\}/);
    }
  });

  it("is valid without any change", () => {
    expect(runOf(emptyReview()).results).toEqual([]);
  });
});
