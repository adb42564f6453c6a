import { profiles } from "../../../profiles";
import { findCapability } from "../../capabilities";
import type { ConnectorLock } from "../../lock/schema";
import { itemOf } from "../changes";
import type { Change, StackChange } from "../model";
import { type Finding, nothingMore, type Origin } from "./finding";

/** What a connector can be let do: its permissions are lines of their own, so this is for the record. */
export function capabilityFinding(change: Change<string>, origin: Origin): Finding {
  const id = itemOf(change);
  return {
    ...nothingMore,
    ...origin,
    kind: change.kind,
    subject: "capability",
    level: "any",
    direction: "neutral",
    name: id,
    family: "capability",
    allows: findCapability(id)?.title ?? id,
  };
}

/** A "yes, we mean it" that came, went or is about something else. */
export function acknowledgementFinding(
  change: Change<ConnectorLock["acknowledgements"][number]>,
  origin: Origin,
): Finding {
  const { rule, finding, reason } = itemOf(change);
  const said = ({ acknowledged }: { acknowledged: boolean }) =>
    acknowledged ? "acknowledged" : "not acknowledged";
  return {
    ...nothingMore,
    ...origin,
    kind: change.kind,
    subject: "acknowledgement",
    level: "any",
    direction: "neutral",
    name: finding,
    family: rule,
    allows: reason,
    ...(change.kind === "added" ? {} : { before: said(change.before) }),
    ...(change.kind === "removed" ? {} : { after: said(change.after) }),
  };
}

/** A connector that came or went, as a whole. */
export function connectorFinding(
  kind: "added" | "removed",
  connector: ConnectorLock,
  origin: Origin,
): Finding {
  const { access, consent, credentials } = connector;
  const signIn = credentials.map((one) => one.kind).join(", ");
  return {
    ...nothingMore,
    ...origin,
    kind,
    subject: "connector",
    level: "any",
    direction: kind === "added" ? "wider" : "narrower",
    name: profileTitle(connector.profile),
    family: "connector",
    allows: `connect ${profileTitle(connector.profile)}`,
    because: [`${access}, ${connector.permissions} permissions, consent ${consent}, ${signIn}`],
  };
}

/** A stack that came, went or got another name. */
export function stackFinding(change: StackChange): Finding | undefined {
  const place = { stack: change.stack, connector: "", tenantId: "" };
  const shared = { ...nothingMore, place, subject: "stack", level: "any", direction: "neutral" } as const;
  if (change.kind !== "changed") {
    return { ...shared, kind: change.kind, name: "stack", family: "stack", allows: "be deployed" };
  }
  const { previousName, stack } = change;
  if (previousName === undefined) return undefined;
  const allows = `be called ${stack} instead of ${previousName}`;
  return {
    ...shared,
    kind: "changed",
    name: "stack",
    family: "stack",
    allows,
    before: previousName,
    after: stack,
  };
}

/** The product's name; the id where this version does not have the profile. */
export function profileTitle(id: string): string {
  return profiles.find((profile) => profile.id === id)?.title ?? id;
}
