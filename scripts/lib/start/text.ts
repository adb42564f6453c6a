import type { ConnectionReport } from "../connection/report";
import { problemText, stateCell } from "../connection/text";
import { changeCount } from "../deploy";
import { table } from "../output";
import type { StartResult } from "./index";

/** The end of `npm start`: what is connected, with what, until when; what to do next. */
export function startText(result: StartResult): string {
  const rows = result.connections.map((report) => [
    report.name,
    credentialCell(result, report),
    consentCell(report),
    `${report.granted} of ${report.requested}`,
    stateCell(report),
  ]);
  const parts = ["", table(["Connector", "Credential", "Consent", "Permissions", "State"], rows)];
  for (const report of result.connections) if (report.problem) parts.push("", problemText(report));
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

function nextSteps({ connections, stack }: StartResult): string {
  const option = stack === "dev" ? "" : ` --stack ${stack}`;
  const example = connections.at(-1)?.connector;
  const again = stack === "dev" ? "npm start" : `npm start -- --stack ${stack}`;
  return [
    `Next:  npm run -s cli -- permissions manifest --stack ${stack}`,
    `       npm run -s cli -- test-connection${option}`,
    ...(example ? [`       npm run -s cli -- handover ${example}${option}`] : []),
    `       edit Pulumi.${stack}.yaml, then  ${again}  again`,
  ].join("\n");
}
