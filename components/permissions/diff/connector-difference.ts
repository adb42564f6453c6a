import {
  acknowledgementKey,
  azureRoleKey,
  credentialKey,
  directoryRoleKey,
  roleKey,
} from "../lock/canonical";
import type {
  AppRoleLine,
  AzureRoleLine,
  ConnectorLock,
  CredentialLine,
  DirectoryRoleLine,
} from "../lock/schema";
import { applyChanges, changesBetween, type Identity, reverseChanges } from "./changes";
import { type ConnectorDifference, type ConnectorFact, connectorFacts, type FactChange } from "./model";

/** What tells the items of each list of a lock apart. */
export const identities = {
  appRoles: { key: roleKey } satisfies Identity<AppRoleLine>,
  directoryRoles: { key: directoryRoleKey } satisfies Identity<DirectoryRoleLine>,
  azureRoleAssignments: { key: azureRoleKey } satisfies Identity<AzureRoleLine>,
  credentials: { key: credentialKey, pair: ({ kind }) => kind } satisfies Identity<CredentialLine>,
  covered: { key: roleKey } satisfies Identity<ConnectorLock["covered"][number]>,
  capabilities: { key: (id) => id } satisfies Identity<string>,
  acknowledgements: { key: acknowledgementKey } satisfies Identity<ConnectorLock["acknowledgements"][number]>,
} as const;

/** What differs between two states of one connector. */
export function differenceOfConnectors(before: ConnectorLock, after: ConnectorLock): ConnectorDifference {
  return {
    facts: connectorFacts.flatMap((fact) =>
      before[fact] === after[fact] ? [] : [{ fact, before: before[fact], after: after[fact] }],
    ),
    appRoles: changesBetween(before.appRoles, after.appRoles, identities.appRoles),
    directoryRoles: changesBetween(before.directoryRoles, after.directoryRoles, identities.directoryRoles),
    credentials: changesBetween(before.credentials, after.credentials, identities.credentials),
    covered: changesBetween(before.covered, after.covered, identities.covered),
    capabilities: changesBetween(before.capabilities, after.capabilities, identities.capabilities),
    acknowledgements: changesBetween(
      before.acknowledgements,
      after.acknowledgements,
      identities.acknowledgements,
    ),
  };
}

/** The connector that the difference leads to. */
export function applyToConnector(connector: ConnectorLock, difference: ConnectorDifference): ConnectorLock {
  return {
    ...connector,
    ...factsAfter(difference.facts),
    appRoles: applyChanges(connector.appRoles, difference.appRoles, identities.appRoles),
    directoryRoles: applyChanges(
      connector.directoryRoles,
      difference.directoryRoles,
      identities.directoryRoles,
    ),
    credentials: applyChanges(connector.credentials, difference.credentials, identities.credentials),
    covered: applyChanges(connector.covered, difference.covered, identities.covered),
    capabilities: applyChanges(connector.capabilities, difference.capabilities, identities.capabilities),
    acknowledgements: applyChanges(
      connector.acknowledgements,
      difference.acknowledgements,
      identities.acknowledgements,
    ),
  };
}

/** The difference that leads back. */
export function reverseConnectorDifference(difference: ConnectorDifference): ConnectorDifference {
  return {
    facts: difference.facts.map(({ fact, before, after }) => ({ fact, before: after, after: before })),
    appRoles: reverseChanges(difference.appRoles, identities.appRoles),
    directoryRoles: reverseChanges(difference.directoryRoles, identities.directoryRoles),
    credentials: reverseChanges(difference.credentials, identities.credentials),
    covered: reverseChanges(difference.covered, identities.covered),
    capabilities: reverseChanges(difference.capabilities, identities.capabilities),
    acknowledgements: reverseChanges(difference.acknowledgements, identities.acknowledgements),
  };
}

function factsAfter(facts: readonly FactChange[]): Partial<Pick<ConnectorLock, ConnectorFact>> {
  return Object.fromEntries(facts.map(({ fact, after }) => [fact, after]));
}
