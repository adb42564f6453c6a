import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import type { VaultTargetArgs } from "../arguments";
import { GeneratedCertificate, VaultCertificate } from "../plugin/resources";
import type { IssuedCredential } from "./issued";
import { type DeclaredSlot, endOfSlot, slotsAt } from "./rotation";

/** What a rotating certificate is made from. */
export interface CertificateArgs {
  /** Resource id of the application. */
  applicationId: pulumi.Input<string>;
  /** Begins the names of the certificates: lower case, digits, hyphens. */
  slug: string;
  /** ISO date-time from which the generations are counted. */
  anchor: string;
  /** Validity of one generation, days. */
  lifetimeDays: number;
  /** Days for which the previous generation stays valid beside the new one; less than half of the lifetime. */
  overlapDays: number;
  /** The moment that the schedule is declared for, ISO date-time. */
  asOf: string;
  /** Vault that makes and keeps the private key. @default none: the key is in the secret output `privateKey` */
  vault?: VaultTargetArgs;
  /**
   * Whether the private key may leave the vault, for a vendor's product that must hold it.
   * @default false
   */
  exportable?: boolean;
}

type CertificateSchedule = Pick<CertificateArgs, "slug" | "anchor" | "lifetimeDays" | "overlapDays" | "asOf">;

/** The public certificate of one slot, however it was made. */
interface SlotCertificate {
  readonly certificatePem: pulumi.Output<string>;
  /** Only without a vault. */
  readonly privateKeyPem?: pulumi.Output<string>;
}

/**
 * A self-signed certificate in two overlapping slots. With a vault the private key is made there and, unless exportable,
 * never leaves it; without one it is made by the run and kept encrypted in the state.
 */
export class Certificate extends pulumi.ComponentResource {
  /** The current certificate, then the previous one while it is valid. */
  public readonly issued: pulumi.Output<IssuedCredential[]>;
  /** The current private key and certificate, PEM, secret; empty when a vault keeps the key. */
  public readonly privateKey: pulumi.Output<string>;

  constructor(name: string, args: CertificateArgs, opts?: pulumi.ComponentResourceOptions) {
    super("entra-connectors:index:Certificate", name, {}, opts);

    const [current, previous] = slotsAt(args, args.asOf);
    const made = makeCertificate(`${name}-slot-${current.slot}`, current, args, this);
    const issued = [this.register(name, current, made, args)];
    if (previous !== undefined) {
      const older = makeCertificate(`${name}-slot-${previous.slot}`, previous, args, this);
      issued.push(this.register(name, previous, older, args));
    }

    this.issued = pulumi.all(issued);
    this.privateKey =
      made.privateKeyPem === undefined
        ? pulumi.output("")
        : pulumi.secret(pulumi.interpolate`${made.privateKeyPem}\n${made.certificatePem}`);
    this.registerOutputs({ issued: this.issued });
  }

  /** Lets the application trust one slot's certificate. */
  private register(
    name: string,
    slot: DeclaredSlot,
    made: SlotCertificate,
    args: CertificateArgs,
  ): pulumi.Output<IssuedCredential> {
    const key = new azuread.ApplicationCertificate(
      `${name}-slot-${slot.slot}`,
      {
        applicationId: args.applicationId,
        type: "AsymmetricX509Cert",
        encoding: "pem",
        value: made.certificatePem,
        startDate: slot.startDate,
        endDate: slot.endDate,
      },
      // The certificate itself changes with the generation; moved dates alone must leave a live key as it is.
      { parent: this, ignoreChanges: ["startDate", "endDate"] },
    );
    const secretName = certificateName(args, slot);
    return pulumi.all([key.keyId, key.startDate, key.endDate, args.vault?.vaultUri]).apply(
      ([keyId, startDate, endDate, vaultUri]): IssuedCredential => ({
        kind: "certificate",
        slot: slot.slot,
        current: slot.current,
        displayName: `${secretName}-${slot.generation}`,
        keyId,
        startDate,
        endDate: endOfSlot(slot, endDate),
        ...(vaultUri !== undefined ? { vaultUri, secretName } : {}),
        ...(vaultUri === undefined && slot.current ? { secretOutput: `${args.slug}-certificate` } : {}),
      }),
    );
  }
}

function makeCertificate(
  name: string,
  slot: DeclaredSlot,
  args: CertificateArgs,
  parent: pulumi.Resource,
): SlotCertificate {
  const subject = `CN=${args.slug}`;
  const generation = String(slot.generation);
  if (args.vault === undefined) {
    return new GeneratedCertificate(
      `${name}-key`,
      { subject, notBefore: slot.startDate, notAfter: slot.endDate, generation },
      { parent, ignoreChanges: ["notBefore", "notAfter"] },
    );
  }
  return new VaultCertificate(
    `${name}-key`,
    {
      vaultUri: args.vault.vaultUri,
      certificateName: certificateName(args, slot),
      subject,
      validityMonths: validityMonths(slot.startDate, slot.endDate),
      exportable: args.exportable ?? false,
      generation,
    },
    { parent, ignoreChanges: ["validityMonths"] },
  );
}

/** Names in the vault of the certificates that are declared at that moment. */
export function certificateNames(args: CertificateSchedule): string[] {
  return slotsAt(args, args.asOf).flatMap((slot) =>
    slot === undefined ? [] : [certificateName(args, slot)],
  );
}

function certificateName(args: Pick<CertificateArgs, "slug">, slot: DeclaredSlot): string {
  return `${args.slug}-slot-${slot.slot}`;
}

/**
 * Whole months that cover the slot wherever in the calendar they begin, because Key Vault counts a certificate's validity
 * in months from its creation and the registration may not trust it for longer.
 */
function validityMonths(startDate: string, endDate: string): number {
  const days = (Date.parse(endDate) - Date.parse(startDate)) / 86_400_000;
  const shortestMonthsOfYear = [0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334];
  const years = Math.floor(days / 365);
  const rest = days - years * 365;
  const months = shortestMonthsOfYear.findIndex((length) => length >= rest);
  return years * 12 + (months === -1 ? 12 : months);
}
