import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import type { IssuedCredential } from "./issued";

/** What a vendor's certificate is registered from. */
export interface VendorCertificateArgs {
  /** Resource id of the application. */
  applicationId: pulumi.Input<string>;
  /** The public certificate, PEM. The private key stays with the vendor. */
  certificatePem: pulumi.Input<string>;
  /** SHA-256 thumbprint, hexadecimal; how the certificate is named here. */
  thumbprint: string;
  /** ISO date-times from the certificate. */
  notBefore: string;
  notAfter: string;
}

/** A certificate that the vendor's product made: the registration trusts it until it expires. Two may overlap. */
export class VendorCertificate extends pulumi.ComponentResource {
  public readonly issued: pulumi.Output<IssuedCredential[]>;

  constructor(name: string, args: VendorCertificateArgs, opts?: pulumi.ComponentResourceOptions) {
    super("entra-connectors:index:VendorCertificate", name, {}, opts);

    const certificate = new azuread.ApplicationCertificate(
      `${name}-certificate`,
      {
        applicationId: args.applicationId,
        type: "AsymmetricX509Cert",
        encoding: "pem",
        value: args.certificatePem,
        startDate: args.notBefore,
        endDate: args.notAfter,
      },
      { parent: this },
    );

    this.issued = pulumi
      .all([certificate.keyId, certificate.startDate, certificate.endDate])
      .apply(([keyId, startDate, endDate]) => [
        {
          kind: "vendorCertificate",
          current: true,
          displayName: `vendor certificate ${args.thumbprint.slice(0, 8)}`,
          keyId,
          startDate,
          endDate,
        },
      ]);
    this.registerOutputs({ issued: this.issued });
  }
}
