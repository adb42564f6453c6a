/** What was granted a moment ago takes Exchange a while to hear of: a lag is waited for, a refusal is not. */
import type { StackOutputs } from "../../../infra/outputs";
import { type OperatorView, operatorView } from "../connection/operator-view";
import type { SignIn } from "../connection/sign-in";
import { lookUntil } from "../connection/wait";
import type { NamedConnector } from "../connectors";
import { formatDuration } from "../duration";
import { UserError } from "../errors";
import { type ExchangeAdmin, openExchange } from "./exchange-admin";
import { ExchangeRefusal } from "./refusal";
import { entranceOf } from "./set-up";

/** How long to wait, in milliseconds, and how often to look. */
export interface SetUpPatience {
  readonly timeout: number;
  readonly interval: number;
}

interface Entering {
  readonly setUp: NamedConnector;
  readonly outputs: StackOutputs;
  readonly patience: SetUpPatience;
  readonly progress: (line: string) => void;
}

/**
 * Opens Exchange as the registration, once it takes the secret, the app role and the directory role.
 * @throws UserError when it did not in time; ExchangeRefusal, or what the sign-in throws, when they were never granted
 */
export async function openWhenTaken({
  setUp,
  outputs,
  patience,
  progress,
}: Entering): Promise<ExchangeAdmin> {
  const { cloud, signIn } = await entranceOf(setUp, outputs);
  const view = operatorView(setUp.connector, cloud);
  const { tenantId } = setUp.connector;
  // A token that was issued before the grant never has it.
  const look = async () => {
    const exchange = openExchange({ cloud, tenantId, credential: signIn.fresh(), progress });
    return { exchange, refusal: await refusalOf(exchange) };
  };
  let awaits: string | undefined;
  const { exchange, refusal } = await lookUntil(
    look,
    async (seen) => {
      awaits = seen.refusal === undefined ? undefined : await awaited(seen.refusal, { setUp, signIn, view });
      return awaits;
    },
    { deadline: Date.now() + patience.timeout, interval: patience.interval, progress },
  );
  if (awaits !== undefined) throw tooLate(awaits, patience, refusal);
  if (refusal !== undefined) throw refusal;
  return exchange;
}

const tooLate = (awaits: string, { timeout }: SetUpPatience, cause: unknown): UserError =>
  new UserError(`${formatDuration(timeout)} of ${awaits} were not enough.`, {
    next: "Exchange may take an hour to hear of a grant: run it again later, or let it wait with --timeout 1h.",
    cause,
  });

async function refusalOf(exchange: ExchangeAdmin): Promise<unknown> {
  try {
    for await (const _ of exchange.run("Get-OrganizationConfig"));
    return undefined;
  } catch (error) {
    return error;
  }
}

interface Registration {
  readonly setUp: NamedConnector;
  readonly signIn: SignIn;
  readonly view: OperatorView;
}

/** What is being waited for; undefined when there is nothing, or waiting is in vain: the directory has no such grant. */
async function awaited(refusal: unknown, { setUp, signIn, view }: Registration): Promise<string | undefined> {
  const { name, apis, directoryRoles } = setUp.connector.manifest;
  if (!(refusal instanceof ExchangeRefusal)) {
    const isNew = refusal instanceof Error && /AADSTS(?:7000215|700016|700027)\b/.test(refusal.message);
    const known = isNew && signIn.output.keyId !== null && (await view.hasKey(signIn.output.keyId)) !== false;
    return known ? `waiting for the new secret of ${name} to be accepted` : undefined;
  }
  const { status, said } = refusal.refused;
  if (status === 401) {
    const roles = apis.flatMap((api) => api.roles.map(({ id }) => id));
    const granted = await view.grantedRoleIds();
    return granted === undefined || roles.some((id) => granted.has(id))
      ? `waiting for Exchange.ManageAsApp of ${name} to arrive in its tokens`
      : undefined;
  }
  if (status !== 403 && !/CommandNotFound|is not recognized as/.test(said)) return undefined;
  const held = await view.directoryRoleIds();
  return held === undefined || directoryRoles.some(({ templateId }) => held.has(templateId))
    ? `waiting for Exchange to learn that ${name} is ${directoryRoles[0]?.displayName ?? "an administrator"}`
    : undefined;
}
