import * as pulumi from "@pulumi/pulumi";

/** Arguments of a `VaultCertificate`. */
export interface VaultCertificateArgs {
  /** Address of the vault, such as `https://contoso-connectors.vault.azure.net/`. Another vault replaces the certificate. */
  vaultUri: pulumi.Input<string>;
  /** Name of the certificate in the vault: letters, digits and hyphens. Another name replaces the certificate. */
  certificateName: pulumi.Input<string>;
  /** Distinguished name, such as `CN=ConductorOne`. */
  subject: pulumi.Input<string>;
  /** How many whole months each version is valid. */
  validityMonths: pulumi.Input<number>;
  /**
   * Whether the private key may leave the vault. Only a product that must hold the key itself needs that.
   * @default false
   */
  exportable?: pulumi.Input<boolean | undefined>;
  /** Any text; another one makes a new version of the certificate. That is how a rotation is declared. */
  generation?: pulumi.Input<string | undefined>;
}

/**
 * A self-signed certificate in a key vault. The vault makes the key, which never leaves it unless `exportable`
 * is set; a change makes a new version. The deployer needs Key Vault Certificates Officer on the vault.
 *
 * @example
 * const certificate = new VaultCertificate("conductorone", {
 *   vaultUri: vault.properties.vaultUri,
 *   certificateName: "conductorone-slot-0",
 *   subject: "CN=ConductorOne",
 *   validityMonths: 7,
 * });
 */
export class VaultCertificate extends pulumi.CustomResource {
  /** Address of the current version in the vault. */
  declare readonly certificateId: pulumi.Output<string>;
  /** The current certificate, PEM, without its key. */
  declare readonly certificatePem: pulumi.Output<string>;
  /** Address of the current version's key, for signing in the vault. */
  declare readonly keyId: pulumi.Output<string>;
  /** From when the current version is valid, RFC 3339. */
  declare readonly notBefore: pulumi.Output<string>;
  /** Until when the current version is valid, RFC 3339. */
  declare readonly notAfter: pulumi.Output<string>;
  /** SHA-1 of the current certificate, upper-case hexadecimal. */
  declare readonly thumbprint: pulumi.Output<string>;

  constructor(name: string, args: VaultCertificateArgs, options?: pulumi.CustomResourceOptions) {
    const outputs = {
      certificateId: undefined,
      certificatePem: undefined,
      keyId: undefined,
      notAfter: undefined,
      notBefore: undefined,
      thumbprint: undefined,
    };
    super("entra-connectors:index:VaultCertificate", name, { ...args, ...outputs }, options);
  }
}

/** Arguments of a `GeneratedCertificate`. Every change makes a new key and certificate. */
export interface GeneratedCertificateArgs {
  /** Distinguished name, such as `CN=ConductorOne`. */
  subject: pulumi.Input<string>;
  /** From when the certificate is valid, RFC 3339. */
  notBefore: pulumi.Input<string>;
  /** Until when the certificate is valid, RFC 3339. */
  notAfter: pulumi.Input<string>;
  /** Any text; another one makes a new key and certificate. That is how a rotation is declared. */
  generation?: pulumi.Input<string | undefined>;
}

/**
 * A self-signed certificate with an RSA 2048 key that the plugin makes, for stacks without a vault. The key is a
 * secret output and lies encrypted in the stack's state.
 *
 * @example
 * const certificate = new GeneratedCertificate("conductorone", {
 *   subject: "CN=ConductorOne",
 *   notBefore: "2027-01-01T00:00:00Z",
 *   notAfter: "2027-07-31T00:00:00Z",
 * });
 */
export class GeneratedCertificate extends pulumi.CustomResource {
  /** The certificate, PEM, without its key. */
  declare readonly certificatePem: pulumi.Output<string>;
  /** The private key, PKCS #8 PEM. A secret. */
  declare readonly privateKeyPem: pulumi.Output<string>;
  /** SHA-1 of the certificate, upper-case hexadecimal. */
  declare readonly thumbprint: pulumi.Output<string>;

  constructor(name: string, args: GeneratedCertificateArgs, options?: pulumi.CustomResourceOptions) {
    const outputs = { certificatePem: undefined, privateKeyPem: undefined, thumbprint: undefined };
    const secrets = pulumi.mergeOptions(options, { additionalSecretOutputs: ["privateKeyPem"] });
    super("entra-connectors:index:GeneratedCertificate", name, { ...args, ...outputs }, secrets);
  }
}

/** What `getCollectorPackage` tells. */
export interface CollectorPackage {
  /** SHA-256 of the package's zip, lower-case hexadecimal. */
  readonly sha256: string;
}

/**
 * The collector's package as the sources give it now; the plugin builds it where it has changed.
 * @throws Error when a source is missing or does not compile
 */
export function getCollectorPackage(): Promise<CollectorPackage> {
  return pulumi.runtime.invoke("entra-connectors:index:getCollectorPackage", {});
}

/** Arguments of a `FunctionPackage`. */
export interface FunctionPackageArgs {
  /** Host of the app's deployment site: the `Repository` entry of the web app's `hostNameSslStates`. */
  scmHost: pulumi.Input<string>;
  /** SHA-256 of the package, from `getCollectorPackage`. Another hash pushes the package anew, in place. */
  sha256: pulumi.Input<string>;
  /** ARM id of the function app. Another app replaces the resource. */
  siteId: pulumi.Input<string>;
  /** Any text; another one pushes the same package again, which restarts the app. */
  restart?: pulumi.Input<string | undefined>;
}

/**
 * The collector's code in a function app on a Flex Consumption plan. The plugin builds the package from the sources
 * itself and pushes it only when its hash is the declared one. Destroying it does nothing: the code goes with its app.
 * The deployer needs Website Contributor on the app.
 *
 * @example
 * const code = new FunctionPackage("collector", {
 *   scmHost: "contoso-collector.scm.azurewebsites.net",
 *   sha256: (await getCollectorPackage()).sha256,
 *   siteId: app.id,
 * });
 */
export class FunctionPackage extends pulumi.CustomResource {
  /** The platform's id of the deployment that runs. */
  declare readonly deploymentId: pulumi.Output<string>;
  /** SHA-256 of the package that runs. */
  declare readonly sha256: pulumi.Output<string>;

  constructor(name: string, args: FunctionPackageArgs, options?: pulumi.CustomResourceOptions) {
    super("entra-connectors:index:FunctionPackage", name, { ...args, deploymentId: undefined }, options);
  }
}
