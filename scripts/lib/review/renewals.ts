/** Credentials that a change of anchor, lifetime or overlap renews before their time: on purpose after a leak, or unawares. */
import { slotsAt } from "../../../components/credentials/rotation";
import type { ConnectorLock } from "../../../components/permissions/lock/schema";

type Credential = ConnectorLock["credentials"][number];
type Rotating = Extract<Credential, { readonly anchor: string }>;

/** A renewal in words, after the connector's name: for one connector and for several. */
export interface RenewalRemark {
  readonly one: string;
  readonly several: string;
}

/** What the deployment of the change renews, if it is deployed at `now`. */
export function renewalsOf(before: ConnectorLock, after: ConnectorLock, now: Date): readonly RenewalRemark[] {
  return after.credentials.filter(isRotating).flatMap((credential) => {
    const past = before.credentials.filter(isRotating).find(({ kind }) => kind === credential.kind);
    const text = past === undefined ? undefined : renewal(past, credential, now.toISOString());
    return text === undefined ? [] : [{ one: `gets ${text}`, several: `get ${text}` }];
  });
}

function renewal(before: Rotating, after: Rotating, now: string): string | undefined {
  const [inUse] = slotsAt(before, now);
  const [next, previous] = slotsAt(after, now);
  if (next.generation === inUse.generation) return undefined;
  const what = `a new ${after.kind === "clientSecret" ? "client secret" : "certificate"} with the next deployment`;
  if (previous?.generation !== inUse.generation) {
    return `${what}, and no value issued so far signs in from then on: the product stands still until it has the new one.`;
  }
  const [until = previous.endDate] = [previous.endDate, inUse.endDate].sort();
  return `${what}, before its time: the one in use signs in until ${until.slice(0, 10)}, the product needs the new one by then.`;
}

function isRotating(credential: Credential): credential is Rotating {
  return "anchor" in credential;
}
