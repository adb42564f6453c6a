/**
 * A stack's settings after parsing: every default filled in, every value checked. `plan` turns them into the manifest,
 * the components declare what they say. The parser itself belongs to the program, because it reads files and knows stacks.
 */
import type { SignInKind } from "../collector/function/model/settings";
import type { FederatedCredential, RotatingCredential, VendorCertificate } from "./manifest";

export type Access = "read-only" | "read-write";
type PermissionSet = "minimal" | "documented";
type ConsentMode = "grant" | "request";

/** A vendor's certificate with the public part that is uploaded to the registration. */
export interface VendorCertificateSettings extends VendorCertificate {
  readonly certificatePem: string;
}

/** A secret or certificate, with what does not matter to whoever reviews it. */
interface RotatingCredentialSettings extends RotatingCredential {
  /** The certificate's key is for nobody but the stack's collector, which lets the vault sign. */
  readonly staysInVault?: true;
}

export type CredentialSettings = RotatingCredentialSettings | VendorCertificateSettings | FederatedCredential;
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
  readonly collector?: CollectorDeployment;
}

/** What of the streams of events an entry wants. Parts that it does not name are as the collector has them by default. */
export interface EventChoice {
  readonly signIns?: {
    readonly failed: boolean;
    readonly successful: boolean;
    /** Of `interactive`, `nonInteractive`, `servicePrincipal`, `managedIdentity`. */
    readonly kinds: readonly SignInKind[];
  };
  /** Every event of the Exchange feed. */
  readonly exchangeActivity?: boolean;
  /** Of the Exchange feed, who used a mailbox that is not theirs. */
  readonly nonOwnerMailboxAccess?: boolean;
  /** Principal names of service accounts, `*` for any text: labelled in the non-owner report. */
  readonly serviceAccounts?: readonly string[];
}

/** An entry that a function app signs in as. */
export interface ServedEntry {
  readonly slug: string;
  /** Display name of the app registration. */
  readonly name: string;
  /** `federated` where the entry's tenant is the one of the subscription, else `certificate`. */
  readonly credential: "federated" | "certificate";
  /** Names of the collector's streams that the entry's permissions cover. */
  readonly streams: readonly string[];
  readonly signInActivity: boolean;
  /** Display names of groups whose members are not collected. */
  readonly excludedServiceAccountGroups: readonly string[];
  /** Groups that come from an on-premises directory are not collected. */
  readonly skipOnPremisesGroups: boolean;
  readonly events: EventChoice;
}

/** One function app with an identity of its own. */
export interface CollectorApp {
  /** Part of resource names: `collector` collects, `provisioner` waits for provisioning. */
  readonly name: "collector" | "provisioner";
  readonly mode: "collect" | "provision";
  /** At least one. */
  readonly serves: readonly ServedEntry[];
}

/** The stack's own collector: which function apps there are, and how they are made. */
export interface CollectorDeployment {
  /** Read-only entries and read-write entries never share an app. */
  readonly apps: readonly CollectorApp[];
  /** Six-field NCRONTAB expression, UTC. */
  readonly schedule: string;
  /** Days after which collected data is deleted. */
  readonly retentionDays: number;
  /** Days for which logs are kept. */
  readonly logRetentionDays: number;
  readonly instanceMemoryMB: number;
  readonly maximumInstanceCount: number;
  readonly alerts: {
    readonly emails: readonly string[];
    readonly noSuccessHours: number;
    readonly credentialDays: number;
  };
  /** Present: private endpoints, and no public ones. */
  readonly network?: { readonly addressSpace: string };
  /** With a network: ranges from which code is pushed and the vault is reached. */
  readonly deployerIpRanges: readonly string[];
  /** `external`: the code is pushed by somebody who is inside the network. */
  readonly codePush: "up" | "external";
  /** What holds data can't be deleted before the lock is. */
  readonly lock: boolean;
  /** On every Azure resource of the collector, beside the stack's own. */
  readonly tags: Readonly<Record<string, string>>;
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
  /** Present only beside `azure`. */
  readonly collector?: CollectorDeployment;
  /** What a reader should know although nothing is wrong. */
  readonly warnings: readonly string[];
}
