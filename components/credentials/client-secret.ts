import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import type { VaultTargetArgs } from "../arguments";
import type { IssuedCredential } from "./issued";
import { type DeclaredSlot, endOfSlot, slotsAt } from "./rotation";
import { writeVaultSecret } from "./vault-secret";

/** What a rotating client secret is made from. */
export interface ClientSecretArgs {
  /** Resource id of the application. */
  applicationId: pulumi.Input<string>;
  /** Begins the names of the keys and of the vault secret: lower case, digits, hyphens. */
  slug: string;
  /** ISO date-time from which the generations are counted. */
  anchor: string;
  /** Validity of one generation, days. */
  lifetimeDays: number;
  /** Days for which the previous generation stays valid beside the new one; less than half of the lifetime. */
  overlapDays: number;
  /** The moment that the schedule is declared for, ISO date-time. */
  asOf: string;
  /** Vault for the current value. @default none: the value is the secret output `value` */
  vault?: VaultTargetArgs;
  /** Tags of the vault secret. @default none */
  tags?: { [name: string]: string };
}

/**
 * A client secret in two overlapping slots. The previous value stays valid while the next one is handed over; which slot is
 * current is arithmetic on the arguments, so an ordinary run at the right time is the rotation.
 */
export class ClientSecret extends pulumi.ComponentResource {
  /** The current key, then the previous one while it is valid. */
  public readonly issued: pulumi.Output<IssuedCredential[]>;
  /** The current value, secret. */
  public readonly value: pulumi.Output<string>;

  constructor(name: string, args: ClientSecretArgs, opts?: pulumi.ComponentResourceOptions) {
    super("entra-connectors:index:ClientSecret", name, {}, opts);
    const secretName = `${args.slug}-client-secret`;

    const password = (slot: DeclaredSlot) =>
      new azuread.ApplicationPassword(
        `${name}-slot-${slot.slot}`,
        {
          applicationId: args.applicationId,
          displayName: `${args.slug}-slot-${slot.slot}-${slot.generation}`,
          startDate: slot.startDate,
          endDate: slot.endDate,
          rotateWhenChanged: { generation: String(slot.generation) },
        },
        // A changed schedule moves the dates of live keys; only a new generation may renew them.
        { parent: this, ignoreChanges: ["startDate", "endDate"] },
      );
    const describe = (slot: DeclaredSlot, key: azuread.ApplicationPassword) =>
      pulumi.all([key.displayName, key.keyId, key.startDate, key.endDate, args.vault?.vaultUri]).apply(
        ([displayName, keyId, startDate, endDate, vaultUri]): IssuedCredential => ({
          kind: "clientSecret",
          slot: slot.slot,
          current: slot.current,
          displayName,
          keyId,
          startDate,
          endDate: endOfSlot(slot, endDate),
          ...(slot.current ? location(vaultUri, secretName) : {}),
        }),
      );

    const [current, previous] = slotsAt(args, args.asOf);
    const key = password(current);
    const issued = [describe(current, key)];
    if (previous !== undefined) issued.push(describe(previous, password(previous)));

    if (args.vault !== undefined) {
      writeVaultSecret(
        `${name}-value`,
        {
          vault: args.vault,
          secretName,
          value: key.value,
          contentType: "client secret",
          startDate: key.startDate,
          endDate: key.endDate,
          tags: { ...args.tags, keySlot: String(current.slot) },
        },
        this,
      );
    }

    this.issued = pulumi.all(issued);
    this.value = pulumi.secret(key.value);
    this.registerOutputs({ issued: this.issued });
  }
}

function location(vaultUri: string | undefined, secretName: string): Partial<IssuedCredential> {
  return vaultUri === undefined ? { secretOutput: secretName } : { vaultUri, secretName };
}
