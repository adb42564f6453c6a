/**
 * A stack's settings after parsing: every default filled in, every value checked. `plan` turns them into the manifest,
 * the components declare what they say. The parser itself belongs to the program, because it reads files and knows stacks.
 */
import type { FederatedCredential, RotatingCredential, VendorCertificate } from "./manifest";

export type Access = "read-only" | "read-write";
type PermissionSet = "minimal" | "documented";
type ConsentMode = "grant" | "request";

/** A vendor's certificate with the public part that is uploaded to the registration. */
export interface VendorCertificateSettings extends VendorCertificate {
  readonly certificatePem: string;
}

export type CredentialSettings = RotatingCredential | VendorCertificateSettings | FederatedCredential;
export type CredentialKind = CredentialSettings["kind"];

/** A value of a profile's own setting: plain JSON. */
export type OptionValue =
  | string
  | number
  | boolean
  | readonly OptionValue[]
  | { readonly [key: string]: OptionValue };

/** A profile's own settings, as the profile's schema parsed them. */
export type ProfileOptions = Readonly<Record<string, OptionValue>>;

/** One connector entry: a product in a tenant. */
export interface ConnectorSettings<Options = ProfileOptions> {
  /** Display name of the app registration. */
  readonly name: string;
  /** The name as it appears in resource names, tags and secret names: lower case, digits and hyphens, unique in the stack. */
  readonly slug: string;
  /** Id of the profile. */
  readonly profile: string;
  readonly sourceGroup?: string;
  /** The Entra tenant: a GUID or one of its domains. */
  readonly tenantId: string;
  /** Name of the national cloud. */
  readonly cloud: string;
  /** Host of Microsoft Graph where it is not the cloud's own. */
  readonly graphDomain?: string;
  /** False: collection is off, the registration stays. */
  readonly crawl: boolean;
  readonly access: Access;
  readonly permissions: PermissionSet;
  readonly consent: ConsentMode;
  readonly credentials: readonly CredentialSettings[];
  /** Object ids of further owners of the registration. */
  readonly owners: readonly string[];
  readonly tags: readonly string[];
  readonly notes?: string;
  readonly serviceManagementReference?: string;
  /** The profile's own settings. */
  readonly options: Options;
}

/** "Yes, we mean it": a stack's consent to one finding of one rule. */
export interface Acknowledgement {
  /** Id of the rule, for example `tier0-app-role`. */
  readonly rule: string;
  /** Name of the connector entry. */
  readonly connector: string;
  /** The culprit; absent: every finding of the rule on that connector. */
  readonly finding?: string;
  readonly reason: string;
  readonly owner: string;
  /** ISO date; the acknowledgement counts until the end of that day (UTC). */
  readonly expires: string;
}

/** What a plan is made from. */
export interface PlanInput {
  readonly connectors: readonly ConnectorSettings[];
  readonly acknowledgements: readonly Acknowledgement[];
}

/** Where the stack's Azure resources live. */
export interface AzureSettings {
  readonly tenantId: string;
  readonly subscriptionId: string;
  readonly location: string;
}

/** The Key Vault that receives the credentials. */
export interface VaultSettings {
  /** True: the vault is somebody else's and only written to; name and resource group are then given. */
  readonly existing: boolean;
  readonly name?: string;
  readonly resourceGroup?: string;
}

/** A whole stack. */
export interface Settings extends PlanInput {
  readonly stack: string;
  /** The moment the credential schedule is planned for, ISO date-time. */
  readonly asOf: string;
  readonly azure?: AzureSettings;
  /** Present only beside `azure`. */
  readonly vault?: VaultSettings;
  /** What a reader should know although nothing is wrong. */
  readonly warnings: readonly string[];
}
