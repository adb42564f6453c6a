/** One credential that a connector has, without its value. */
export interface IssuedCredential {
  /** clientSecret, certificate, vendorCertificate or federated. */
  kind: string;
  /** 0 or 1 for a credential that rotates in two slots. */
  slot?: number;
  /** True for the one to use. */
  current: boolean;
  /** Name of the credential on the registration. */
  displayName: string;
  /** Id of the key on the registration; for a federated credential its own id. */
  keyId: string;
  /** ISO date-times; absent for a credential that does not expire. */
  startDate?: string;
  endDate?: string;
  /** The vault and the name in it, where the value is. */
  vaultUri?: string;
  secretName?: string;
  /** Key in the stack output `secrets`, where no vault has the value. */
  secretOutput?: string;
}
