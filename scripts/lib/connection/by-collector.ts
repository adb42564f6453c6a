/**
 * The test of a connection whose credential only the collector has: what the directory says about consent, and what the
 * collector's own runs came to.
 */

import type { StreamStatus } from "../../../components/collector/function/model/status";
import { requirements } from "../../../components/collector/function/streams/requirements";
import { findCapability } from "../../../components/permissions/capabilities";
import type { ConnectorManifest } from "../../../components/permissions/manifest";
import type { ConnectorOutput } from "../../../infra/outputs";
import { hasEnded } from "../collect/report";
import type { NamedConnector } from "../connectors";
import type { RoleComparison } from "./compare-roles";
import type { OperatorView } from "./operator-view";
import type { ConnectionReport, ProbeResult } from "./report";
import { judge } from "./verdict";

/** Tells what the collector's runs of a connector came to; has it run where it never did. */
export type AskCollector = (subject: NamedConnector) => Promise<readonly StreamStatus[]>;

/** Judges a connector by the collector's runs. */
export async function checkByCollector(
  subject: NamedConnector,
  blank: ConnectionReport,
  view: OperatorView,
  ask: AskCollector,
): Promise<ConnectionReport> {
  const { connector } = subject;
  const statuses = (await ask(subject)).filter(hasEnded);
  if (statuses.length === 0) return { ...blank, state: "Not tested", ...neverRan(subject) };
  const granted = await view.grantedRoleIds();
  const roles = granted === undefined ? assumed(connector.manifest) : compareIds(connector.manifest, granted);
  const probes = connector.manifest.capabilities.map((id) => probeOf(id, statuses));
  const found = { ...blank, ...roles, probes };
  return { ...found, ...judge(found, connector), ...problemOf(statuses, roles) };
}

function neverRan({ slug, connector }: NamedConnector): Pick<ConnectionReport, "problem" | "next"> {
  return {
    problem: `The collector has not finished a run of ${connector.manifest.name} yet.`,
    next: `Have it run: npm run -s cli -- collect ${slug} --deployed`,
  };
}

/** The cause of a run that failed is said in the run's own words; a missing grant is said by the verdict. */
function problemOf(
  statuses: readonly StreamStatus[],
  { missing }: RoleComparison,
): Pick<ConnectionReport, "problem" | "next"> {
  const failed = statuses.find(({ state }) => state === "error");
  if (failed?.problem === undefined || missing.length > 0) return {};
  const { message, next, permission } = failed.problem;
  const needs = permission === undefined || message.includes(permission) ? "" : ` It needs ${permission}.`;
  return { problem: `${failed.stream}: ${message}${needs}`, next };
}

/** A capability is tried by the streams that need it. */
function probeOf(id: string, statuses: readonly StreamStatus[]): ProbeResult {
  const blank = { capability: id, title: findCapability(id)?.title ?? id };
  const own = statuses.filter(({ stream }) => requirements[stream].some((set) => set.includes(id)));
  const failed = own.find(({ state }) => state === "error");
  if (failed !== undefined) {
    const note = failed.problem?.message;
    return { ...blank, result: "failed", ...(note === undefined ? {} : { note }) };
  }
  if (own.some(({ state }) => state === "connected")) return { ...blank, result: "works" };
  if (own.some(({ state }) => state === "degraded")) return { ...blank, result: "notLicensed" };
  return { ...blank, result: "notTried" };
}

function compareIds(manifest: Pick<ConnectorManifest, "apis">, granted: ReadonlySet<string>): RoleComparison {
  const wanted = manifest.apis.flatMap(({ displayName, roles }) =>
    roles.map(({ value, id }) => ({ api: displayName, value, id })),
  );
  const ids = new Set(wanted.map(({ id }) => id));
  const missing = wanted.filter(({ id }) => !granted.has(id));
  const surplus = [...granted].filter((id) => !ids.has(id)).map((id) => ({ api: "app role", value: id }));
  return { requested: wanted.length, granted: wanted.length - missing.length, missing, surplus };
}

/** The operator may not look, so the runs alone decide. */
function assumed(manifest: ConnectorOutput["manifest"]): RoleComparison {
  const requested = manifest.apis.reduce((sum, { roles }) => sum + roles.length, 0);
  return { requested, granted: requested, missing: [], surplus: [] };
}
