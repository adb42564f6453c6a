/** What an app needs in a vault to sign by a certificate whose key never leaves it. */
import * as pulumi from "@pulumi/pulumi";
import { collectorRoles } from "../permissions/planning/collector-roles";

/** A certificate in a vault that the app may sign with. */
export interface VaultCertificateAccessArgs {
  /** Azure resource id of the vault. */
  vaultId: pulumi.Input<string>;
  certificateName: string;
}

/** Roles on exactly the key and the certificate: the rest of the vault stays closed to the app. */
export function certificateRoles(certificates: readonly VaultCertificateAccessArgs[] = []) {
  return certificates.flatMap(({ vaultId, certificateName }) => [
    {
      suffix: `${certificateName}-signing`,
      role: collectorRoles.signing,
      scope: pulumi.interpolate`${vaultId}/keys/${certificateName}`,
    },
    {
      suffix: `${certificateName}-certificate`,
      role: collectorRoles.certificate,
      scope: pulumi.interpolate`${vaultId}/certificates/${certificateName}`,
    },
  ]);
}
