/**
 * A review as SARIF 2.1.0 (OASIS Standard), for code scanning: one result a change and place, at its line of the lock
 * file, most dangerous first.
 */
import { createHash } from "node:crypto";
import type { Place, Review, ReviewLine } from "../../../components/permissions/diff/model";
import { version } from "../../../package.json";
import { createLocator, type LockLocation } from "./sarif-location";
import { ruleReference, sarifRules } from "./sarif-rules";
import { sarifMessage } from "./sarif-text";

/** Code scanning keeps no more of one run ("SARIF results exceed one or more limits", GitHub Docs). */
const maximumResults = 5_000;

/** The review as the text of a SARIF file. */
export function sarifText(review: Review): string {
  const locate = createLocator(review);
  const findings = review.lines.flatMap((line) => line.places.map((place) => ({ line, place })));
  const shown = findings.slice(0, maximumResults);
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "entra-connectors permission review", version, rules: sarifRules } },
        automationDetails: { id: "permission-review/" },
        columnKind: "utf16CodeUnits",
        invocations: [invocation(findings.length - shown.length)],
        results: shown.map(({ line, place }) => resultOf(line, place, locate(line, place))),
        properties: { base: review.base, head: review.head, summary: review.summary },
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** Says so when findings were left out: code scanning would drop them without a word. */
function invocation(leftOut: number): object {
  if (leftOut === 0) return { executionSuccessful: true };
  const text = `${leftOut} less dangerous findings are left out: code scanning shows ${maximumResults}. The Markdown and HTML reviews have all.`;
  return {
    executionSuccessful: true,
    toolExecutionNotifications: [{ level: "warning", message: { text } }],
  };
}

function resultOf(line: ReviewLine, place: Place, location: LockLocation): object {
  const rule = ruleReference(line);
  return {
    ruleId: rule.id,
    ruleIndex: rule.index,
    level: levelOf(line),
    message: { text: sarifMessage(line, place) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: location.file.split("/").map(encodeURIComponent).join("/") },
          region: { startLine: location.line },
        },
        logicalLocations: [{ fullyQualifiedName: logicalName(line, place), kind: "object" }],
      },
    ],
    partialFingerprints: fingerprints(line, place),
    properties: {
      level: line.level,
      direction: line.direction,
      stack: place.stack,
      ...(place.connector === "" ? {} : { connector: place.connector, tenantId: place.tenantId }),
      ...(line.tier === undefined ? {} : { tier: line.tier }),
    },
  };
}

/** What goes, and what moves nothing, is for the record. */
function levelOf({ level, direction }: ReviewLine): "error" | "warning" | "note" {
  if (level === "tier0") return "error";
  return level === "write" && direction === "wider" ? "warning" : "note";
}

function logicalName({ name }: ReviewLine, { stack, connector }: Place): string {
  return [stack, connector, name].filter((part) => part !== "").join("/");
}

/**
 * Of what changes where, not of the file's text: an alert stays the same one when lines above it come and go. GitHub
 * compares `primaryLocationLineHash` only, and would make one of the text when there were none.
 */
function fingerprints({ id }: ReviewLine, { stack, connector }: Place): Readonly<Record<string, string>> {
  const hash = createHash("sha256").update([id, stack, connector].join("\n")).digest("hex");
  return { primaryLocationLineHash: `${hash.slice(0, 16)}:1`, "permissionChange/v1": hash };
}
