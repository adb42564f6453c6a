/** Which registration may set mailbox auditing up, and the organization that it opens. */
import type { Cloud } from "../../../components/clouds";
import { mailboxAuditSetUp } from "../../../components/profiles/mailbox-audit-set-up";
import type { StackOutputs } from "../../../infra/outputs";
import { cloudOf } from "../azure/credential";
import { type SignIn, signInOf } from "../connection/sign-in";
import { chooseConnectors, type NamedConnector } from "../connectors";
import { UserError } from "../errors";
import { type ExchangeAdmin, openExchange } from "./exchange-admin";

/** What a set-up's display name ends with, after the name of the entry that it belongs to. */
const suffix = " (mailbox audit set-up)";

/**
 * The one registration that is meant: the stack's only one, or the one named, by its own name or by that of its entry.
 * @throws UserError when there is none, or several
 */
export function chooseSetUp(outputs: StackOutputs, wanted: string | undefined): NamedConnector {
  const setUps = chooseConnectors(outputs, undefined).filter(
    ({ connector }) => connector.profile === mailboxAuditSetUp.id,
  );
  const named = wanted === undefined ? setUps : ofName(outputs, setUps, wanted);
  const [first, ...others] = named;
  if (first === undefined) throw noSetUp(outputs, wanted);
  if (others.length === 0) return first;
  throw new UserError(`The stack has ${named.length} registrations for setting mailbox auditing up.`, {
    next: `Name one: ${named.map(({ slug }) => slug).join(", ")}.`,
  });
}

function ofName(
  outputs: StackOutputs,
  setUps: readonly NamedConnector[],
  wanted: string,
): readonly NamedConnector[] {
  const names = chooseConnectors(outputs, wanted).map(({ connector }) => connector.manifest.name);
  return setUps.filter(({ connector: { manifest } }) =>
    names.some((name) => manifest.name === name || manifest.name === `${name}${suffix}`),
  );
}

function noSetUp(outputs: StackOutputs, wanted: string | undefined): UserError {
  const entries = chooseConnectors(outputs, undefined)
    .filter(({ connector }) => connector.profile === "netwrix-1secure-exchange-online")
    .map(({ connector }) => `"${connector.manifest.name}"`);
  const problem = `${wanted === undefined ? "The stack" : `"${wanted}"`} has no registration for setting mailbox auditing up.`;
  if (entries.length === 0) {
    return new UserError(problem, {
      next: "It comes with an entry of the profile netwrix-1secure-exchange-online that has prepareMailboxAuditing: true.",
    });
  }
  return new UserError(problem, {
    next: [
      `Add prepareMailboxAuditing: true and prepareMailboxAuditingSince: <today> to ${entries.join(" or ")} in the stack file,`,
      "then deploy: npm run -s cli -- up",
    ].join("\n"),
  });
}

/**
 * Signs in as the registration, with the secret that the stack keeps.
 * @throws UserError when the stack does not have the secret
 */
export async function openAs(
  setUp: NamedConnector,
  outputs: StackOutputs,
  progress: (line: string) => void,
): Promise<ExchangeAdmin> {
  const { cloud, signIn } = await entranceOf(setUp, outputs);
  return openExchange({ cloud, tenantId: setUp.connector.tenantId, credential: signIn.fresh(), progress });
}

/**
 * Where a registration signs in, and how.
 * @throws UserError when the stack does not have the secret
 */
export async function entranceOf(
  { connector }: NamedConnector,
  outputs: StackOutputs,
): Promise<{ readonly cloud: Cloud; readonly signIn: SignIn }> {
  const cloud = await cloudOf(connector.cloud, connector.settings.graphDomain);
  const signIn = await signInOf(connector, outputs, cloud);
  if (signIn === undefined) {
    throw new UserError(`The stack has no secret of ${connector.manifest.name}.`, {
      next: "Deploy it again: npm run -s cli -- up",
    });
  }
  return { cloud, signIn };
}
