import { isDeepStrictEqual } from "node:util";
import { inOrder } from "../lock/canonical";
import type { ConnectorLock, Lock } from "../lock/schema";
import { byText } from "../planning/requirement";
import { applyChanges, changesBetween, reverseChanges } from "./changes";
import {
  applyToConnector,
  differenceOfConnectors,
  identities,
  reverseConnectorDifference,
} from "./connector-difference";
import type { ConnectorChange, LockDifference } from "./model";

/** What differs between two lock files. Reasons in another order, or other spacing, are no difference. */
export function differenceOfLocks(first: Lock, second: Lock): LockDifference {
  const [before, after] = [inOrder(first), inOrder(second)];
  return {
    connectors: connectorChanges(before.connectors, after.connectors),
    azureRoleAssignments: changesBetween(
      before.azureRoleAssignments,
      after.azureRoleAssignments,
      identities.azureRoleAssignments,
    ),
  };
}

function connectorChanges(
  before: readonly ConnectorLock[],
  after: readonly ConnectorLock[],
): readonly ConnectorChange[] {
  const old = new Map(before.map((connector) => [connector.name, connector]));
  const now = new Set(after.map(({ name }) => name));
  const gone = before
    .filter(({ name }) => !now.has(name))
    .map((connector): ConnectorChange => ({ kind: "removed", name: connector.name, before: connector }));
  const rest = after.flatMap((connector): ConnectorChange[] => {
    const { name } = connector;
    const known = old.get(name);
    if (known === undefined) return [{ kind: "added", name, after: connector }];
    if (isDeepStrictEqual(known, connector)) return [];
    const difference = differenceOfConnectors(known, connector);
    return [{ kind: "changed", name, before: known, after: connector, difference }];
  });
  return [...gone, ...rest].sort(byText(({ name }) => name));
}

/** True when nothing differs. */
export function isEmpty({ connectors, azureRoleAssignments }: LockDifference): boolean {
  return connectors.length === 0 && azureRoleAssignments.length === 0;
}

/** The lock that the difference leads to. It reads the changes alone, not the whole states that they carry. */
export function applyDifference(lock: Lock, difference: LockDifference): Lock {
  const connectors = new Map(lock.connectors.map((connector) => [connector.name, connector]));
  for (const change of difference.connectors) {
    const known = connectors.get(change.name);
    if (change.kind === "removed") connectors.delete(change.name);
    else if (change.kind === "added") connectors.set(change.name, change.after);
    else if (known !== undefined) connectors.set(change.name, applyToConnector(known, change.difference));
  }
  return inOrder({
    ...lock,
    azureRoleAssignments: applyChanges(
      lock.azureRoleAssignments,
      difference.azureRoleAssignments,
      identities.azureRoleAssignments,
    ),
    connectors: [...connectors.values()],
  });
}

/** The difference that leads back. */
export function reverseDifference({ connectors, azureRoleAssignments }: LockDifference): LockDifference {
  return {
    connectors: connectors.map(reverseConnectorChange),
    azureRoleAssignments: reverseChanges(azureRoleAssignments, identities.azureRoleAssignments),
  };
}

function reverseConnectorChange(change: ConnectorChange): ConnectorChange {
  const { name } = change;
  if (change.kind === "added") return { kind: "removed", name, before: change.after };
  if (change.kind === "removed") return { kind: "added", name, after: change.before };
  return {
    kind: "changed",
    name,
    before: change.after,
    after: change.before,
    difference: reverseConnectorDifference(change.difference),
  };
}
