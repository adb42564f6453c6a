/** What the stack holds: permissions by connector, and when credentials end. */
import { html, type Markup } from "../../review/html/markup";
import { endsSoon, hasEnded } from "../credentials";
import type { Credential, PermissionMatrix, PermissionRow, Report, Tone } from "../model";
import { badge, date } from "./words";

export function permissionsSection({ permissions }: Report): Markup | undefined {
  if (permissions === null || permissions.rows.length === 0) return undefined;
  return html`<section aria-labelledby="permissions"><h2 id="permissions">Permissions by connector</h2>
<p class="muted">T0: a path to Global Administrator. T1: writes tenant-wide, or reads secrets, mail or files. T2: other reads.</p>
${matrix(permissions)}</section>`;
}

function matrix({ connectors, rows }: PermissionMatrix): Markup {
  return html`<div class="scroll" role="region" aria-label="Table of permissions" tabindex="0"><table class="matrix">
<thead><tr><th scope="col">Permission</th><th scope="col">Tier</th>${connectors.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>
${rows.map(matrixRow)}</tbody></table></div>`;
}

function matrixRow({ permission, family, tier, held }: PermissionRow): Markup {
  const cells = held.map((holds) => (holds ? html`<td class="held ${tier}">● yes</td>` : html`<td>no</td>`));
  return html`<tr><th scope="row">${breakable(permission)}<small>${family}</small></th><td><span class="tier ${tier}">${tier}</span></td>${cells}</tr>
`;
}

/** Where a long name may be broken: after its dots. */
const breakable = (name: string): readonly Markup[] =>
  name.split(/(?<=\.)/).map((part, index) => (index === 0 ? html`${part}` : html`<wbr>${part}`));

const kinds: Readonly<Record<string, string>> = {
  clientSecret: "Client secret",
  certificate: "Certificate",
  vendorCertificate: "Vendor's certificate",
  federated: "Federated identity",
};

export function credentialsSection({ credentials, generatedAt }: Report): Markup | undefined {
  if (credentials === null || credentials.length === 0) return undefined;
  const now = Date.parse(generatedAt);
  return html`<section aria-labelledby="credentials"><h2 id="credentials">Credential calendar</h2>
<p class="muted">The picture shows the twelve months from the report on. A deployment (<code>up</code>) makes the next credential before the current one ends.</p>
<div class="scroll" role="region" aria-label="Table of credentials" tabindex="0"><table class="credentials">
<thead><tr><th scope="col">Connector</th><th scope="col">State</th><th scope="col">Ends</th><th scope="col">Credential</th><th scope="col">Use</th><th scope="col">Twelve months</th></tr></thead>
<tbody>
${credentials.map((credential) => credentialRow(credential, useOf(credential, credentials), now))}</tbody></table></div></section>`;
}

/** Of the others of a connector, one that ends before the current one was used before it. */
function useOf({ connector, kind, current, until }: Credential, all: readonly Credential[]): string {
  if (current) return "current";
  const now = all.find((one) => one.current && one.connector === connector && one.kind === kind);
  if (now === undefined) return "not current";
  return (until ?? "9999") < (now.until ?? "9999") ? "previous" : "next";
}

function credentialRow(credential: Credential, use: string, now: number): Markup {
  const { connector, kind, displayName, until } = credential;
  const { tone, text } = stateOf(credential);
  return html`<tr><th scope="row">${connector}</th><td>${badge(tone, text)}</td><td>${until === null ? "never" : date(until)}</td><td>${kinds[kind] ?? kind}<small>${displayName}</small></td><td>${use}</td><td>${bar(credential, now, tone)}</td></tr>
`;
}

function stateOf(credential: Credential): { readonly tone: Tone; readonly text: string } {
  const { daysLeft, current } = credential;
  if (daysLeft === null) return { tone: "relief", text: "does not expire" };
  if (hasEnded(credential)) return { tone: "danger", text: "expired" };
  if (daysLeft < 0) return { tone: "plain", text: "ended" };
  const left = daysLeft === 1 ? "1 day left" : `${daysLeft} days left`;
  return { tone: endsSoon(credential) ? "caution" : current ? "relief" : "plain", text: left };
}

const year = 365 * 86_400_000;
const width = 240;

function bar({ from, until }: Credential, now: number, tone: Tone): Markup {
  const place = (instant: number): number => Math.min(width, Math.max(0, ((instant - now) / year) * width));
  const left = from === null ? 0 : place(Date.parse(from));
  const right = until === null ? width : place(Date.parse(until));
  const months = Array.from({ length: 11 }, (_, index) => {
    const x = (((index + 1) * width) / 12).toFixed(1);
    return html`<line x1="${x}" y1="0" x2="${x}" y2="14"/>`;
  });
  return html`<svg class="bar" viewBox="0 0 ${width} 14" width="${width}" height="14" aria-hidden="true"><rect class="back" width="${width}" height="14"/>${months}<rect class="${tone}" x="${left.toFixed(1)}" y="2" width="${Math.max(2, right - left).toFixed(1)}" height="10" rx="2"/></svg>`;
}
