import { problemTexts } from "../collect/text";
import { number } from "../collect/words";
import type { ConnectionReport } from "../connection/report";
import { problemText, stateCell } from "../connection/text";
import { changeCount } from "../deploy";
import { formatDuration } from "../duration";
import { count, table } from "../output";
import type { CollectorRun } from "./collector";
import type { StartResult } from "./index";
import type { StartReport } from "./report";

/** The end of `npm start`: what is connected, with what, until when; what to do next. */
export function startText(result: StartResult): string {
  const rows = result.connections.map((report) => [
    report.name,
    credentialCell(result, report),
    consentCell(report),
    `${report.granted} of ${report.requested}`,
    stateCell(report),
    ...(result.outputs.collector === null ? [] : [collectorCell(result, report.connector)]),
  ]);
  const head = ["Connector", "Credential", "Consent", "Permissions", "State"];
  if (result.outputs.collector !== null) head.push("Collector");
  const parts = ["", table(head, rows)];
  for (const report of result.connections) if (report.problem) parts.push("", problemText(report));
  if (result.collector !== null) {
    parts.push("", runSummary(result.collector));
    for (const text of problemTexts(result.collector.streams)) parts.push("", text);
  }
  if (result.report !== null) parts.push("", reportText(result.report));
  if (changeCount(result.changes) === 0) parts.push("", "0 changes: everything was as the settings say.");
  return [...parts, "", nextSteps(result)].join("\n");
}

const day = 86_400_000;

/** `client secret · 180 d, to 2027-05-20`: its lifetime and its last day. */
function credentialCell({ outputs }: StartResult, report: ConnectionReport): string {
  const kind = report.credential;
  const connector = Object.values(outputs.connectors).find(({ manifest }) => manifest.name === report.name);
  const current = connector?.credentials.find((credential) => credential.current);
  if (!current?.startDate || !current.endDate) return kind;
  const lifetime = Math.round((Date.parse(current.endDate) - Date.parse(current.startDate)) / day);
  return `${kind} · ${lifetime} d, to ${current.endDate.slice(0, 10)}`;
}

function consentCell({ consent, missing, state }: ConnectionReport): string {
  if (state === "Error" || state === "Off" || state === "Not tested") return consent;
  return missing.length === 0 ? "granted" : consent === "request" ? "requested" : "not granted";
}

/** `12 of 12 streams`, `idle` for who is served by an app that has nothing to do yet. */
function collectorCell({ outputs, collector }: StartResult, slug: string): string {
  const app = outputs.collector?.apps.find(({ connectors }) => connectors.some((one) => one.slug === slug));
  if (app === undefined) return "–";
  if (app.mode === "provision") return `idle in ${app.name}`;
  const own = (collector?.streams ?? []).filter(({ connector }) => connector === slug);
  const complete = own.filter(({ state }) => state === "connected" || state === "degraded");
  const degraded = own.filter(({ state }) => state === "degraded").length;
  const note = degraded === 0 ? "" : `, ${degraded} degraded`;
  return `${complete.length} of ${count(own.length, "stream")} complete${note}`;
}

/** What the run was and what it cost; a stream that is not complete counts for nothing. */
function runSummary({ app, streams, milliseconds }: CollectorRun): string {
  const complete = streams.filter(({ state }) => state === "connected" || state === "degraded");
  const runs = complete.flatMap(({ run }) => run ?? []);
  const sum = (pick: (run: (typeof runs)[number]) => number): number =>
    runs.reduce((total, run) => total + pick(run), 0);
  const lead = `The function app ${app} completed ${complete.length} of ${count(streams.length, "stream")}`;
  if (runs.length === 0) return `${lead}.`;
  const records = sum((run) => run.records);
  const isIncrement = runs.every(({ kind }) => kind === "increment");
  const what = isIncrement ? `an increment of ${plural(records, "change")}` : plural(records, "record");
  const cost = `${plural(
    sum(({ requests }) => requests),
    "request",
  )} in ${formatDuration(milliseconds)}`;
  return `${lead}: ${what}, with ${cost}.`;
}

function plural(value: number, noun: string): string {
  return `${number(value)} ${noun}${value === 1 ? "" : "s"}`;
}

function reportText({ path, verdict }: StartReport): string {
  return path === null ? `No report: ${verdict}` : `Report: ${path}`;
}

function nextSteps({ connections, stack, collector }: StartResult): string {
  const option = stack === "dev" ? "" : ` --stack ${stack}`;
  const example = connections.at(-1)?.connector;
  const again = stack === "dev" ? "npm start" : `npm start -- --stack ${stack}`;
  return [
    `Next:  npm run -s cli -- permissions manifest --stack ${stack}`,
    `       npm run -s cli -- test-connection${option}`,
    ...(collector === null ? [] : [`       npm run -s cli -- collect status --deployed${option}`]),
    ...(example ? [`       npm run -s cli -- handover ${example}${option}`] : []),
    `       edit Pulumi.${stack}.yaml, then  ${again}  again`,
  ].join("\n");
}
