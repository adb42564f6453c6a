import { Secret } from "@pulumi/azure-native/keyvault";
import * as pulumi from "@pulumi/pulumi";
import type { VaultTargetArgs } from "../arguments";

/** The value of a credential on its way into a vault. */
interface VaultSecretContent {
  readonly vault: VaultTargetArgs;
  readonly secretName: string;
  readonly value: pulumi.Input<string>;
  /** What the value is, for people who look into the vault. */
  readonly contentType: string;
  /** ISO date-times between which the credential is valid. */
  readonly startDate: pulumi.Input<string>;
  readonly endDate: pulumi.Input<string>;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Writes a credential's current value to a vault. A changed value becomes a new version of the same secret, with the dates
 * of the key that it is the value of.
 */
export function writeVaultSecret(name: string, content: VaultSecretContent, parent: pulumi.Resource): Secret {
  return new Secret(
    name,
    {
      resourceGroupName: content.vault.resourceGroupName,
      vaultName: content.vault.vaultName,
      secretName: content.secretName,
      properties: {
        value: pulumi.secret(content.value),
        contentType: content.contentType,
        attributes: {
          enabled: true,
          notBefore: pulumi.output(content.startDate).apply(epochSeconds),
          expires: pulumi.output(content.endDate).apply(epochSeconds),
        },
      },
      tags: content.tags,
    },
    // The value is nested, and the engine carries secrecy over to an output by the names of top-level inputs only.
    { parent, additionalSecretOutputs: ["properties"] },
  );
}

function epochSeconds(date: string): number {
  return Math.floor(Date.parse(date) / 1000);
}
