/** Words and marks that the parts of the page share. Colour never says anything alone. */
import type { Assessment, EvidenceRow, MetricResult, Severity } from "../../../../components/state";
import { html, type Markup } from "../../review/html/markup";
import { cleanText } from "../events/clean-text";
import { listed } from "../listed";
import type { Tone } from "../model";

export const severityTone: Readonly<Record<Severity, Tone>> = {
  high: "danger",
  medium: "caution",
  low: "plain",
};
export const severityWord: Readonly<Record<Severity, string>> = {
  high: "High",
  medium: "Medium",
  low: "Low",
};
const severityRank: Readonly<Record<Severity, number>> = { high: 0, medium: 1, low: 2 };

export function badge(tone: Tone, text: string): Markup {
  return html`<span class="badge ${tone}">${text}</span>`;
}

/** The worst first. */
export function bySeverity(a: MetricResult, b: MetricResult): number {
  return severityRank[a.severity] - severityRank[b.severity] || b.count - a.count;
}

/** As people know the tenant. */
export function tenantName({ tenant }: Assessment): string {
  return cleanText(tenant.displayName || tenant.id || tenant.connector);
}

/** Whose readings it is from: `a and b`. */
export const sourceNames = ({ sources }: Assessment): string => listed(sources.map(cleanText));

/** What tells an object of evidence from others: two people may have one name. */
export const evidenceName = ({ name, details }: EvidenceRow): string =>
  cleanText(String(details["User principal name"] || name));

/** `12,345`. */
export const number = (value: number): string => value.toLocaleString("en-US");

/** `2026-11-21 09:14` of an ISO date-time. */
export const minute = (instant: string): string => instant.slice(0, 16).replace("T", " ");

/** `2026-11-21`. */
export const date = (instant: string): string => instant.slice(0, 10);
