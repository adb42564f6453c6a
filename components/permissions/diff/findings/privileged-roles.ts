import type { AzureRoleLine, DirectoryRoleLine } from "../../lock/schema";
import { alternativesTo } from "../alternatives";
import { itemOf } from "../changes";
import { dangerOfAzureRole, dangerOfDirectoryRole } from "../judgement";
import type { Change, Level, Place } from "../model";
import { directoryRolePhrase } from "../plain-words";
import { type ConnectorStates, settingsOf } from "./app-roles";
import { type Finding, nothingMore, type Origin } from "./finding";

/** A directory role that the connector's service principal gets or loses. */
export function directoryRoleFinding(
  change: Change<DirectoryRoleLine>,
  origin: Origin,
  { after }: ConnectorStates,
): Finding {
  const line = itemOf(change);
  const { tier, tierReason, level } = dangerOfDirectoryRole(line);
  return {
    ...nothingMore,
    ...origin,
    subject: "directoryRole",
    name: line.role,
    family: "directory role",
    allows: directoryRolePhrase(line.role),
    tier,
    tierReason,
    ...reasonsOf(change, level),
    details: () => ({
      alternatives:
        change.kind === "added" && after !== undefined ? alternativesTo(line.role, line.because, after) : [],
      endpoints: [],
    }),
  };
}

/** An Azure role of the stack's collector. */
export function azureRoleFinding(change: Change<AzureRoleLine>, place: Place): Finding {
  const line = itemOf(change);
  const { tier, tierReason, level } = dangerOfAzureRole(line);
  return {
    ...nothingMore,
    place,
    subject: "azureRole",
    name: line.role,
    family: "Azure role",
    allows: `act as ${line.role} on ${line.scope}`,
    tier,
    tierReason,
    ...reasonsOf(change, level),
  };
}

type Reasons = Pick<Finding, "kind" | "level" | "direction" | "because" | "settings" | "before" | "after">;

function reasonsOf(
  change: Change<{ readonly because: readonly string[]; readonly justification?: string }>,
  level: Level,
): Reasons {
  const { kind } = change;
  if (kind === "added") {
    const { because } = change.after;
    return { kind, level, direction: "wider", because, settings: settingsOf(because) };
  }
  if (kind === "removed") {
    const because = settingsOf(change.before.because).map((setting) => `no longer \`${setting}\``);
    return { kind, level: "any", direction: "narrower", because, settings: [] };
  }
  return {
    kind,
    level: "any",
    direction: "neutral",
    because: change.after.because,
    settings: settingsOf(change.after.because),
    before: wordsOf(change.before),
    after: wordsOf(change.after),
  };
}

function wordsOf(line: { readonly because: readonly string[]; readonly justification?: string }): string {
  return [
    ...line.because,
    ...(line.justification === undefined ? [] : [`justified: ${line.justification}`]),
  ].join("; ");
}
