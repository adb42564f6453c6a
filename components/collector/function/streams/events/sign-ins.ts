/**
 * Who signed in, or tried to. Microsoft pages "List signIns", "signIn resource type". Version 1.0 shows people's
 * interactive sign-ins alone, beta all kinds.
 */
import type { EventSettings, SignInKind } from "../../model/settings";
import type { LogRead, LogSource } from "./log-plan";
import { logStream } from "./log-stream";

const eventTypes: Readonly<Record<SignInKind, string>> = {
  interactive: "interactiveUser",
  nonInteractive: "nonInteractiveUser",
  servicePrincipal: "servicePrincipal",
  managedIdentity: "managedIdentity",
};

/** Success is error code 0. */
const outcomes = { failed: "status/errorCode ne 0", successful: "status/errorCode eq 0" } as const;
const outcomeNames = ["failed", "successful"] as const;

function sources({ signIns }: EventSettings): LogSource[] {
  const wanted = outcomeNames.filter((outcome) => signIns[outcome]);
  return signIns.kinds.flatMap((kind) =>
    wanted.map((outcome) => ({ id: `${kind}.${outcome}`, group: kind })),
  );
}

function listing({ group, sources: ids }: LogRead) {
  const outcome = outcomeNames.filter((name) => ids.includes(`${group}.${name}`));
  const byOutcome = outcome.length === 1 ? outcome.map((name) => outcomes[name]) : [];
  if (group === "interactive") return { path: "/auditLogs/signIns", filters: byOutcome };
  const type = Object.entries(eventTypes).find(([kind]) => kind === group)?.[1] ?? group;
  return {
    path: "/beta/auditLogs/signIns",
    filters: [`signInEventTypes/any(t: t eq '${type}')`, ...byOutcome],
  };
}

export const signIns = logStream({
  name: "sign-ins",
  type: { type: "signIn", schemaVersion: 1, event: true },
  timeProperty: "createdDateTime",
  keptDays: [30],
  missing: "Sign-ins are missing",
  sources,
  listing,
  label: ({ group }) => ({ kind: group }),
});
