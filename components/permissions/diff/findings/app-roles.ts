import type { AppRoleLine, ConnectorLock } from "../../lock/schema";
import { readReason } from "../../planning/because";
import { unique } from "../../planning/requirement";
import { alternativesTo } from "../alternatives";
import { itemOf } from "../changes";
import { endpointsOf } from "../endpoints";
import { dangerOfAppRole } from "../judgement";
import type { Change } from "../model";
import { appRolePhrase } from "../plain-words";
import { type Finding, nothingMore, type Origin } from "./finding";

/** A connector before and after; absent where it came or went. */
export interface ConnectorStates {
  readonly before?: ConnectorLock;
  readonly after?: ConnectorLock;
}

/** A permission that came, went, or is there for another reason. */
export function appRoleFinding(
  change: Change<AppRoleLine>,
  origin: Origin,
  states: ConnectorStates,
): Finding {
  const line = itemOf(change);
  const { tier, tierReason, level } = dangerOfAppRole(line);
  const shared = {
    ...nothingMore,
    ...origin,
    kind: change.kind,
    subject: "appRole",
    name: line.role,
    family: line.api,
    allows: appRolePhrase(line.api, line.role),
    tier,
    tierReason,
  } as const;
  if (change.kind === "removed") return { ...shared, ...departure(line, states) };
  const reasons = { because: line.because, settings: settingsOf(line.because) };
  if (change.kind === "changed") {
    return {
      ...shared,
      ...reasons,
      // The name with another id is another permission; another reason alone is none.
      level: change.before.id === line.id ? "any" : level,
      direction: change.before.id === line.id ? "neutral" : "wider",
      ...wordsOfChange(change.before, line),
    };
  }
  return {
    ...shared,
    ...reasons,
    level,
    direction: "wider",
    details: () => ({
      alternatives: states.after === undefined ? [] : alternativesTo(line.role, line.because, states.after),
      endpoints: states.after === undefined ? [] : endpointsOf(line, states.after),
    }),
  };
}

/** The reasons that went and those that came; the ids where the name now means another permission. */
function wordsOfChange(before: AppRoleLine, after: AppRoleLine): Pick<Finding, "before" | "after"> {
  if (before.id !== after.id) return { before: before.id, after: after.id };
  return {
    before: before.because.filter((reason) => !after.because.includes(reason)).join("; "),
    after: after.because.filter((reason) => !before.because.includes(reason)).join("; "),
  };
}

/** A permission that others stand in for is no loss of reach. */
function departure(
  line: AppRoleLine,
  { after }: ConnectorStates,
): Pick<Finding, "level" | "direction" | "because" | "settings"> {
  const covered = after?.covered.find(({ api, role }) => api === line.api && role === line.role);
  const settings = settingsOf(line.because);
  if (covered !== undefined) {
    return {
      level: "any",
      direction: "neutral",
      because: [`covered by ${covered.by.join(", ")}`],
      settings: [],
    };
  }
  if (after === undefined)
    return { level: "any", direction: "narrower", because: ["the connector is removed"], settings: [] };
  const because =
    settings.length === 0
      ? ["no setting asks for it any more"]
      : settings.map((one) => `no longer \`${one}\``);
  return { level: "any", direction: "narrower", because, settings: [] };
}

/** The settings that reasons name, each once: `provision: groups`. */
export function settingsOf(because: readonly string[]): readonly string[] {
  const reasons = because.map(readReason);
  return unique(
    reasons.flatMap(({ covers, setting }) => (covers === undefined && setting !== undefined ? setting : [])),
  );
}
