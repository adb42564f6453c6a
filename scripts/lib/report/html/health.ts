/** How complete the collection is: each stream's state, and what is missing from when to when. */
import type { StreamState, StreamStatus } from "../../../../components/collector/function/model/status";
import { formatDuration } from "../../duration";
import { html, type Markup } from "../../review/html/markup";
import { cleanText } from "../events/clean-text";
import type { Gap, Report, Tone } from "../model";
import { isOld } from "../verdict";
import { badge, minute, number } from "./words";

const tones: Readonly<Record<StreamState, Tone>> = {
  error: "danger",
  interrupted: "caution",
  degraded: "caution",
  queued: "plain",
  syncing: "plain",
  connected: "relief",
};

export function healthSection({ streams, gaps, generatedAt }: Report): Markup {
  const order = Object.keys(tones);
  const sorted = [...streams].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  const body =
    streams.length === 0
      ? html`<p>Nothing has been collected.</p>`
      : html`<div class="scroll" role="region" aria-label="Table of streams" tabindex="0"><table class="streams">
<thead><tr><th scope="col">Connector</th><th scope="col">Stream</th><th scope="col">State</th><th scope="col">What is wrong, and what to do</th><th scope="col">Last complete (UTC)</th><th scope="col">Last run</th></tr></thead>
<tbody>
${sorted.map((status) => streamRow(status, generatedAt))}</tbody></table></div>`;
  return html`<section aria-labelledby="collection"><h2 id="collection">Collection</h2>${gapList(gaps)}${body}</section>`;
}

function streamRow(status: StreamStatus, now: string): Markup {
  const { connector, stream, state, lastSuccess, run, problem } = status;
  const did =
    run === undefined
      ? "–"
      : `${run.kind}: ${number(run.records)} records, ${number(run.requests)} requests, ${formatDuration(run.milliseconds)}`;
  return html`<tr><td>${cleanText(connector)}</td><th scope="row">${stream}</th><td>${badge(tones[state], state)}</td><td>${problem === undefined ? undefined : `${problem.message} ${problem.next}`}</td><td>${lastSuccess === undefined ? "never" : minute(lastSuccess)}${isOld(status, now) ? html` ${badge("caution", "old")}` : undefined}</td><td>${did}</td></tr>
`;
}

const reasons: Readonly<Record<string, string>> = {
  horizon: "the service had deleted them before they were read",
  "subscription-off": "the subscription to the feed was switched off",
  "content-failed": "the service failed to give some content",
  "content-expired": "some content expired before it was read",
  "content-malformed": "some content could not be read",
};

function gapList(gaps: readonly Gap[]): Markup | undefined {
  if (gaps.length === 0) return undefined;
  return html`<h3>Gaps</h3><ul>${gaps.map(({ connector, stream, from, to, reason, subject }) => {
    const of = subject === null ? "" : ` (${subject})`;
    return html`<li><strong>${connector} · ${stream}${of}</strong>: events from ${minute(from)} to ${minute(to)} UTC are missing: ${reasons[reason] ?? reason}.</li>`;
  })}</ul>`;
}
