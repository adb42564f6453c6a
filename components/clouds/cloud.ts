/** The endpoints of one Microsoft cloud. Every URL that the product uses comes from here. */
export interface Cloud {
  readonly name: string;
  /** Microsoft Entra login endpoint, without trailing slash. */
  readonly login: string;
  /** Microsoft Graph root, without version. */
  readonly graph: string;
  readonly arm: string;
  readonly o365Management: string;
  readonly exchange: string;
  readonly portal: string;
  /** Audience of a federated identity credential. */
  readonly federatedAudience: string;
  readonly keyVaultSuffix: string;
  readonly storageSuffix: string;
  readonly scmSuffix: string;
  /** What a client library must be told about an authority that is not one of Microsoft's public ones. */
  readonly authority: AuthorityTrust;
  /** Endpoints that this cloud does not offer, in words. */
  readonly notSupported: readonly string[];
}

/** How far client libraries may rely on Microsoft's own host names. */
interface AuthorityTrust {
  /** Ask Microsoft's instance discovery whether the authority is known. */
  readonly instanceDiscovery: boolean;
  /** Check that a Key Vault challenge names the vault's own domain. */
  readonly verifyVaultChallenge: boolean;
  /** Hosts beyond Microsoft's to which the Graph client may send a token. */
  readonly graphHosts: readonly string[];
  /** Whether `o365Management` is the cloud's own. Otherwise a token of this authority has no business there. */
  readonly ownO365Management: boolean;
}
