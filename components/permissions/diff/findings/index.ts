/** Every change of a stack as findings: what it is, how far it reaches, why. */
import type { ConnectorLock } from "../../lock/schema";
import { differenceOfConnectors } from "../connector-difference";
import { reachOf } from "../judgement";
import type { ConnectorChange, ConnectorDifference, StackChange } from "../model";
import { appRoleFinding, type ConnectorStates } from "./app-roles";
import { credentialFinding } from "./credentials";
import { factFinding } from "./facts";
import type { Finding, Origin } from "./finding";
import { acknowledgementFinding, capabilityFinding, connectorFinding, stackFinding } from "./others";
import { azureRoleFinding, directoryRoleFinding } from "./privileged-roles";

/** The findings of one stack that belong to no connector: its name, its collector's Azure roles. */
export function findingsOfStack(change: StackChange): readonly Finding[] {
  const place = { stack: change.stack, connector: "", tenantId: "" };
  const own = stackFinding(change);
  const azure = change.difference.azureRoleAssignments.map((one) => azureRoleFinding(one, place));
  return [...(own === undefined ? [] : [own]), ...azure];
}

/** The findings of one connector. */
export function findingsOfConnector(stack: string, change: ConnectorChange): readonly Finding[] {
  if (change.kind === "changed") {
    const { before, after, difference } = change;
    return findingsOfDifference(originOf(stack, after), difference, { before, after });
  }
  const connector = change.kind === "added" ? change.after : change.before;
  const origin = originOf(stack, connector);
  const nothing = withoutLists(connector);
  const [states, difference] =
    change.kind === "added"
      ? [{ after: connector }, differenceOfConnectors(nothing, connector)]
      : [{ before: connector }, differenceOfConnectors(connector, nothing)];
  const { capabilities: _, acknowledgements: __, ...worthALine } = difference;
  const lines = findingsOfDifference(
    origin,
    { ...worthALine, capabilities: [], acknowledgements: [] },
    states,
  );
  return [connectorFinding(change.kind, connector, origin), ...lines];
}

function findingsOfDifference(
  origin: Origin,
  difference: ConnectorDifference,
  states: ConnectorStates,
): readonly Finding[] {
  const { before, after } = states;
  // A new connector's credential and facts add nothing to what its permissions already say.
  const reach = before !== undefined && after !== undefined ? reachOf(after) : "any";
  return [
    ...difference.appRoles.map((change) => appRoleFinding(change, origin, states)),
    ...difference.directoryRoles.map((change) => directoryRoleFinding(change, origin, states)),
    ...difference.facts.map((change) => factFinding(change, origin, reach)),
    ...difference.credentials.map((change) => credentialFinding(change, origin, reach)),
    ...difference.capabilities.map((change) => capabilityFinding(change, origin)),
    ...difference.acknowledgements.map((change) => acknowledgementFinding(change, origin)),
  ];
}

function originOf(stack: string, { profile, name, tenantId }: ConnectorLock): Origin {
  return { profile, place: { stack, connector: name, tenantId } };
}

function withoutLists(connector: ConnectorLock): ConnectorLock {
  return {
    ...connector,
    appRoles: [],
    directoryRoles: [],
    credentials: [],
    covered: [],
    capabilities: [],
    acknowledgements: [],
  };
}
