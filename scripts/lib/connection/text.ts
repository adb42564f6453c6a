/** The test's report for a person. */
import { count, table } from "../output";
import { palette } from "../terminal";
import type { ConnectionReport } from "./report";

/** The table of all connectors, then each problem with its next step. */
export function connectionText(reports: readonly ConnectionReport[]): string {
  const rows = reports.map((report) => [
    report.name,
    report.credential,
    `${report.granted} of ${report.requested}`,
    probesCell(report),
    stateCell(report),
  ]);
  const parts = [table(["Connector", "Credential", "Permissions", "Capabilities", "State"], rows)];
  for (const report of reports) parts.push(...notes(report));
  return parts.join("\n\n");
}

/** The state in its colour, with the directory roles held. */
export function stateCell(report: ConnectionReport): string {
  const colours = palette();
  const roles = report.directoryRoles.filter(({ result }) => result !== "missing");
  const suffix = roles.length > 0 ? `  (${roles.map((role) => role.displayName).join(", ")})` : "";
  const paint =
    report.state === "Connected" ? colours.green : report.state === "Off" ? colours.dim : colours.red;
  return `${paint(report.state)}${report.state === "Connected" ? suffix : ""}`;
}

function probesCell({ probes }: ConnectionReport): string {
  if (probes.length === 0) return "–";
  const works = probes.filter(({ result }) => result === "works").length;
  const tried = probes.filter(({ result }) => result !== "notTried").length;
  return tried < probes.length ? `${works} of ${tried} tried work` : `${works} of ${tried} work`;
}

function notes(report: ConnectionReport): string[] {
  const texts: string[] = [];
  if (report.problem) texts.push(problemText(report));
  if (report.surplus.length > 0) {
    const names = report.surplus.map(({ value, api }) => `${value} (${api})`).join(", ");
    texts.push(
      `${report.name} holds ${count(report.surplus.length, "permission")} that nothing asks for: ${names}.`,
    );
  }
  const unlicensed = report.probes.filter(({ result }) => result === "notLicensed");
  if (unlicensed.length > 0) {
    const titles = unlicensed.map(({ title }) => title).join(", ");
    texts.push(`${report.name}: the tenant's licences do not include: ${titles}. The rest works.`);
  }
  return texts;
}

/** Who is not connected and why, then what to do, indented. */
export function problemText({ name, problem, next, state }: ConnectionReport): string {
  const colours = palette();
  const lead = state === "Not tested" ? `${name} was not tested` : `${name} is not connected`;
  const steps = (next ?? "").split("\n").filter((line) => line !== "");
  return [colours.bold(`${lead}: ${problem}`), ...steps.map((line) => `  ${line}`)].join("\n");
}
