/** What renewing a connector's credentials comes to: the values, their dates, and the changes of the stack file. */
import { generationOf, renewed } from "../../../components/credentials/renewal";
import { type RotationSchedule, slotsAt } from "../../../components/credentials/rotation";
import type { ConnectorSettings } from "../../../components/permissions/settings";
import type { ConnectorOutput, CredentialOutput } from "../../../infra/outputs";
import { credentialName, currentCredential } from "../connection/sign-in";
import { UserError } from "../errors";
import { handoverSheet, placeOf } from "../handover/sheet";
import type { CredentialRenewal, Delivery, KeyOfSlot, RotatingCredential, RotationPlan } from "./model";
import { type StackFile, settle } from "./settle";

/** What is to be renewed, as the settings and the last deployment have it. */
export interface RotationRequest {
  readonly stack: string;
  readonly asOf: string;
  readonly connector: ConnectorSettings;
  readonly credentials: readonly RotatingCredential[];
  readonly deployed: ConnectorOutput;
  readonly compromised: boolean;
}

/** The plan, and the stack file's text that carries it out. */
export interface PlannedRotation {
  readonly plan: RotationPlan;
  readonly text: string;
}

/**
 * Plans the renewal.
 * @throws UserError when the credential was not deployed yet, or its anchor can't be moved alone
 */
export function planRotation(request: RotationRequest, file: StackFile): PlannedRotation {
  const { stack, connector, compromised, asOf } = request;
  let text = file.text;
  const credentials = request.credentials.map((credential) => {
    const renewal = renewalOf(credential, request);
    if (renewal.schedule.anchor === credential.anchor) return renewal;
    const wish = { entry: connector.name, kind: credential.kind, anchor: renewal.schedule.anchor };
    const { line, path, before, text: edited } = settle({ ...file, text }, wish);
    text = edited;
    const after = renewal.schedule.anchor.slice(0, 10);
    return { ...renewal, change: { file: file.file, line, path, before, after } };
  });
  return {
    plan: { stack, connector: connector.slug, name: connector.name, compromised, asOf, credentials },
    text,
  };
}

function renewalOf(credential: RotatingCredential, request: RotationRequest): CredentialRenewal {
  const { connector, deployed, asOf, compromised } = request;
  const keys = deployed.credentials.filter(({ kind }) => kind === credential.kind);
  const live = keys.find(({ current }) => current);
  const generation = live === undefined ? undefined : generationOf(live.displayName);
  if (live === undefined || generation === undefined) {
    throw new UserError(`${connector.name} has no ${credential.kind} yet: the next deployment makes one.`, {
      next: `Deploy it: npm run -s cli -- up --stack ${request.stack}`,
    });
  }
  const schedule = renewed(credential, { generation, asOf, overlap: !compromised });
  const [next, previous] = slotsAt(schedule, asOf);
  const stillValid = keys.filter(({ current, endDate }) => !current && endDate !== null && endDate > asOf);
  const bothUntil = earlier(previous?.endDate, live.endDate);
  return {
    kind: credential.kind,
    current: keyOf(live),
    next: {
      displayName: live.displayName.replace(/-slot-[01]-\d+$/, `-slot-${next.slot}-${next.generation}`),
      slot: next.slot,
      from: next.startDate,
      until: next.endDate,
    },
    taken: compromised || stillValid[0] === undefined ? null : keyOf(stillValid[0]),
    bothUntil: bothUntil !== undefined && bothUntil > asOf ? bothUntil : null,
    renewedAgain: renewalDay(schedule, next.startDate),
    delivery: deliveryOf(credential, live, request),
    change: null,
    schedule: {
      anchor: schedule.anchor,
      lifetimeDays: schedule.lifetimeDays,
      overlapDays: schedule.overlapDays,
    },
  };
}

function keyOf({ displayName, slot, startDate, endDate }: CredentialOutput): KeyOfSlot {
  return { displayName, slot: slot ?? 0, from: startDate, until: endDate };
}

function earlier(one: string | undefined, other: string | null): string | undefined {
  if (one === undefined || other === null) return one;
  return Date.parse(one) < Date.parse(other) ? one : other;
}

/** The day on which the generation that began at `from` is followed by the next. */
export function renewalDay({ lifetimeDays, overlapDays }: RotationSchedule, from: string): string {
  return new Date(Date.parse(from) + (lifetimeDays - overlapDays) * 86_400_000).toISOString();
}

/** The collector's own certificate is used in the vault; any other value has to be brought to the product. */
function deliveryOf(
  credential: RotatingCredential,
  live: CredentialOutput,
  request: RotationRequest,
): Delivery | null {
  if (credential.staysInVault) return null;
  const { connector, deployed, asOf } = request;
  const sheet = handoverSheet({ slug: connector.slug, connector: deployed }, new Date(asOf));
  // The vendor's form has one field; of two credentials it is for the one that is handed over.
  const isHandedOver = currentCredential(deployed)?.kind === credential.kind;
  const field = isHandedOver ? sheet.fields.find(({ kind }) => kind === "secret")?.label : undefined;
  return {
    product: `${sheet.product} · ${sheet.guide}`,
    field: field ?? credentialName(credential.kind),
    source: placeOf(live),
  };
}
