/** The test of one connection, from the credential to each capability. */
import type { Cloud } from "../../../components/clouds";
import type { ConnectorOutput, StackOutputs } from "../../../infra/outputs";
import { cloudOf } from "../azure/credential";
import type { NamedConnector } from "../connectors";
import { asUserError } from "../report-error";
import { type AskCollector, checkByCollector } from "./by-collector";
import { compareRoles, type RoleComparison } from "./compare-roles";
import { type OperatorView, operatorView } from "./operator-view";
import { tryCapability } from "./probe";
import type { ConnectionReport, DirectoryRoleResult, ProbeResult } from "./report";
import { credentialName, currentCredential, grantedRoles, type SignIn, signInOf } from "./sign-in";
import { judge } from "./verdict";
import { lookUntil, type Patience } from "./wait";

/** A connector and the outputs of its stack, which may hold its secret. */
export interface Subject extends NamedConnector {
  readonly outputs: StackOutputs;
  /** Asked about a connector that only the collector can sign in as. */
  readonly askCollector?: AskCollector | undefined;
}

/** Tests one connection. What goes wrong is in the report: this never throws for a connector that doesn't work. */
export async function checkConnection(subject: Subject, patience: Patience): Promise<ConnectionReport> {
  const { connector, outputs } = subject;
  const blank = blankReport(subject);
  if (!connector.settings.crawl) return { ...blank, state: "Off" };
  try {
    const cloud = await cloudOf(connector.cloud);
    const signIn = await signInOf(connector, outputs, cloud);
    const view = operatorView(connector, cloud);
    if (signIn) return await lookInside({ ...subject, blank, cloud, signIn, view }, patience);
    const ask = isCollectors(connector) ? subject.askCollector : undefined;
    if (ask) return await checkByCollector(subject, blank, view, ask);
    return { ...blank, state: "Not tested", ...untestable(connector) };
  } catch (error) {
    const { message, next } = asUserError(error);
    return { ...blank, state: "Error", problem: message, ...(next === undefined ? {} : { next }) };
  }
}

interface OpenSubject extends Subject {
  readonly blank: ConnectionReport;
  readonly cloud: Cloud;
  readonly signIn: SignIn;
  readonly view: OperatorView;
}

async function lookInside(subject: OpenSubject, patience: Patience): Promise<ConnectionReport> {
  const { connector, cloud, signIn, blank } = subject;
  const roles = await rolesInTokens(subject, patience);
  const directoryRoles = await checkDirectoryRoles(connector, subject.view);
  const credential = signIn.fresh();
  const probes: ProbeResult[] = [];
  for (const id of roles.missing.length === 0 ? connector.manifest.capabilities : []) {
    patience.progress(`${connector.manifest.name}: trying ${id}`);
    probes.push(await probeUntilSettled(id, { cloud, tenantId: connector.tenantId }, credential, patience));
  }
  const found = { ...blank, ...roles, directoryRoles, probes };
  return { ...found, ...judge(found, connector) };
}

/** A refusal right after consent can be a lag of the API itself: it gets a few more looks. */
async function probeUntilSettled(
  id: string,
  place: { readonly cloud: Cloud; readonly tenantId: string },
  credential: SignIn["fresh"] extends () => infer C ? C : never,
  patience: Patience,
): Promise<ProbeResult> {
  const short = { ...patience, deadline: Math.min(patience.deadline, Date.now() + 3 * patience.interval) };
  const lagging = async (probe: ProbeResult) =>
    probe.result === "failed" && probe.note?.includes("refuses") ? `waiting for ${probe.title}` : undefined;
  return lookUntil(() => tryCapability(id, place, credential), lagging, short);
}

/** Signs in and compares, with fresh tokens while the directory already has what the token endpoint doesn't know yet. */
async function rolesInTokens(
  { connector, signIn, view }: OpenSubject,
  patience: Patience,
): Promise<RoleComparison> {
  const apis = connector.manifest.apis.map(({ resourceAppId }) => resourceAppId);
  const look = async (): Promise<RoleComparison | Error> => {
    try {
      return compareRoles(connector.manifest, await grantedRoles(signIn, apis));
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  };
  const more = async (seen: RoleComparison | Error): Promise<string | undefined> => {
    if (seen instanceof Error) {
      const isLag =
        /AADSTS(?:7000215|700016|700027)\b/.test(seen.message) && (await isKeyKnown(signIn, view));
      return isLag ? `${connector.manifest.name}: waiting for the new credential to be accepted` : undefined;
    }
    if (seen.missing.length === 0) return undefined;
    const granted = await view.grantedRoleIds();
    return seen.missing.some(({ id }) => granted?.has(id))
      ? `${connector.manifest.name}: waiting for ${seen.missing.length} granted permissions to show up in tokens`
      : undefined;
  };
  const seen = await lookUntil(look, more, patience);
  if (seen instanceof Error) throw seen;
  return seen;
}

async function isKeyKnown({ output }: SignIn, view: OperatorView): Promise<boolean> {
  return output.keyId !== null && (await view.hasKey(output.keyId)) === true;
}

async function checkDirectoryRoles(
  { manifest }: ConnectorOutput,
  view: OperatorView,
): Promise<readonly DirectoryRoleResult[]> {
  if (manifest.directoryRoles.length === 0) return [];
  const held = await view.directoryRoleIds();
  return manifest.directoryRoles.map(({ displayName, templateId }) => ({
    displayName,
    result: held === undefined ? "notChecked" : held.has(templateId) ? "assigned" : "missing",
  }));
}

/** The credential is the collector's own: not a vendor's. */
function isCollectors(connector: ConnectorOutput): boolean {
  const kind = currentCredential(connector)?.kind;
  return kind === "federated" || kind === "certificate";
}

function blankReport({ slug, connector }: Subject): ConnectionReport {
  const { manifest, consent } = connector;
  const current = currentCredential(connector);
  return {
    connector: slug,
    name: manifest.name,
    state: "Error",
    consent: consent.mode,
    credential: current ? credentialName(current.kind) : "none",
    requested: manifest.apis.reduce((sum, api) => sum + api.roles.length, 0),
    granted: 0,
    missing: [],
    surplus: [],
    directoryRoles: [],
    probes: [],
  };
}

function untestable(connector: ConnectorOutput): Pick<ConnectionReport, "problem" | "next"> {
  const kind = currentCredential(connector)?.kind;
  if (kind === "vendorCertificate") {
    return {
      problem: "The vendor holds the private key, so only the vendor's product can sign in.",
      next: "Test the connection in the product.",
    };
  }
  if (kind === "certificate") {
    return {
      problem: "The private key stays in the vault, so only who may sign with it there can sign in.",
      next: "Test it from the collector: its identity holds that right.",
    };
  }
  return {
    problem: "It signs in by a federated identity, which only its workload has.",
    next: "Test it from the collector: its own managed identity signs in there.",
  };
}
