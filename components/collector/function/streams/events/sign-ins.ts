/**
 * Who signed in, or tried to. Microsoft pages "List signIns", "signIn resource type". Version 1.0 shows people's
 * interactive sign-ins alone, beta all kinds that a filter names.
 */
import { type EventSettings, type SignInKind, signInKinds } from "../../model/settings";
import { type Log, logStream } from "./log-stream";

const eventTypes: Readonly<Record<SignInKind, string>> = {
  interactive: "interactiveUser",
  nonInteractive: "nonInteractiveUser",
  servicePrincipal: "servicePrincipal",
  managedIdentity: "managedIdentity",
};

/** Success is error code 0. */
const outcomes = { failed: "status/errorCode ne 0", successful: "status/errorCode eq 0" } as const;
const outcomeNames = ["failed", "successful"] as const;

const idOf = (kind: SignInKind, outcome: (typeof outcomeNames)[number]): string => `${kind}.${outcome}`;

function sources({ signIns }: EventSettings): string[] {
  const wanted = outcomeNames.filter((outcome) => signIns[outcome]);
  return signIns.kinds.flatMap((kind) => wanted.map((outcome) => idOf(kind, outcome)));
}

/** One listing gives several kinds, all with the same outcomes. */
function together(ids: readonly string[]): string[][] {
  const listings = new Map<string, string[]>();
  for (const kind of signInKinds) {
    const wanted = outcomeNames.filter((outcome) => ids.includes(idOf(kind, outcome)));
    if (wanted.length === 0) continue;
    const name = wanted.join(" ");
    listings.set(name, [...(listings.get(name) ?? []), ...wanted.map((outcome) => idOf(kind, outcome))]);
  }
  return [...listings.values()];
}

function listing(ids: readonly string[]) {
  const wanted = outcomeNames.filter((outcome) =>
    signInKinds.some((kind) => ids.includes(idOf(kind, outcome))),
  );
  const byOutcome = wanted.length === 1 ? wanted.map((outcome) => outcomes[outcome]) : [];
  const kinds = signInKinds.filter((kind) =>
    outcomeNames.some((outcome) => ids.includes(idOf(kind, outcome))),
  );
  if (kinds.every((kind) => kind === "interactive"))
    return { path: "/auditLogs/signIns", filters: byOutcome };
  const types = kinds.map((kind) => `t eq '${eventTypes[kind]}'`).join(" or ");
  return { path: "/beta/auditLogs/signIns", filters: [`signInEventTypes/any(t: ${types})`, ...byOutcome] };
}

const kindsByType: ReadonlyMap<unknown, SignInKind> = new Map(
  signInKinds.map((kind) => [eventTypes[kind], kind]),
);

/** By the first type that names a kind; version 1.0 tells no types and shows interactive sign-ins alone. */
function kindOf(types: unknown): { readonly kind: SignInKind } {
  const named = Array.isArray(types) ? types.find((type) => kindsByType.has(type)) : undefined;
  return { kind: kindsByType.get(named) ?? "interactive" };
}

export const signInLog: Log = {
  name: "sign-ins",
  type: { type: "signIn", schemaVersion: 1, event: true },
  timeProperty: "createdDateTime",
  keptDays: [30],
  missing: "Sign-ins are missing",
  sources,
  together,
  listing,
  label: { property: "signInEventTypes", of: kindOf },
};

export const signIns = logStream(signInLog);
