import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import type { IssuedCredential } from "./issued";

/** What a federated credential is made from. */
export interface FederatedCredentialArgs {
  /** Resource id of the application. */
  applicationId: pulumi.Input<string>;
  /** Name of the credential on the registration; it can't be changed later. */
  displayName: string;
  /** Who signs the workload's own token, for example `https://login.microsoftonline.com/<tenant>/v2.0`. */
  issuer: pulumi.Input<string>;
  /** Who the workload is, for example the principal id of a user-assigned identity of the same tenant. */
  subject: pulumi.Input<string>;
  /** Audience of the workload's token; the cloud decides it. @default "api://AzureADTokenExchange" */
  audience?: string;
}

/**
 * A workload identity that signs in as the application without any secret.
 * Microsoft Entra takes at most 20 an application and dislikes parallel writes to one: chain several by `dependsOn`.
 */
export class FederatedCredential extends pulumi.ComponentResource {
  public readonly issued: pulumi.Output<IssuedCredential[]>;

  constructor(name: string, args: FederatedCredentialArgs, opts?: pulumi.ComponentResourceOptions) {
    super("entra-connectors:index:FederatedCredential", name, {}, opts);

    const credential = new azuread.ApplicationFederatedIdentityCredential(
      `${name}-trust`,
      {
        applicationId: args.applicationId,
        displayName: args.displayName,
        issuer: args.issuer,
        subject: args.subject,
        audiences: [args.audience ?? "api://AzureADTokenExchange"],
      },
      { parent: this },
    );

    this.issued = credential.credentialId.apply((keyId) => [
      {
        kind: "federated",
        current: true,
        displayName: args.displayName,
        keyId,
      },
    ]);
    this.registerOutputs({ issued: this.issued });
  }
}
