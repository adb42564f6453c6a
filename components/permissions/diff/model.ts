/**
 * What differs between two states of the lock files, in two steps. `StackChange` is exact: it can be applied and
 * reversed. `Review` is for people: the same changes ordered by danger, in plain words, identical ones folded over all
 * stacks. Every renderer (Markdown, terminal, JSON and what comes later) reads a review and looks nothing up.
 */
import type {
  AppRoleLine,
  AzureRoleLine,
  ConnectorLock,
  CredentialLine,
  DirectoryRoleLine,
  Lock,
} from "../lock/schema";
import type { Tier } from "../manifest";

/** All lock files of one state, by stack name. */
export type Fleet = ReadonlyMap<string, Lock>;

/** Something that came, went or became something else. */
export type Change<Item> =
  | { readonly kind: "added"; readonly after: Item }
  | { readonly kind: "removed"; readonly before: Item }
  | { readonly kind: "changed"; readonly before: Item; readonly after: Item };

/** Plain facts of a connector that can change in place. */
export const connectorFacts = ["profile", "tenantId", "cloud", "access", "permissions", "consent"] as const;
export type ConnectorFact = (typeof connectorFacts)[number];

/** A fact that changed: `consent` from `request` to `grant`. */
export interface FactChange {
  readonly fact: ConnectorFact;
  readonly before: string;
  readonly after: string;
}

/** A connector that is in both states and differs. */
export interface ConnectorDifference {
  readonly facts: readonly FactChange[];
  readonly appRoles: readonly Change<AppRoleLine>[];
  readonly directoryRoles: readonly Change<DirectoryRoleLine>[];
  readonly credentials: readonly Change<CredentialLine>[];
  readonly covered: readonly Change<ConnectorLock["covered"][number]>[];
  readonly capabilities: readonly Change<string>[];
  readonly acknowledgements: readonly Change<ConnectorLock["acknowledgements"][number]>[];
}

/** A connector that came, went or differs. A changed one carries both states, for who wants to show the whole. */
export type ConnectorChange =
  | { readonly kind: "added"; readonly name: string; readonly after: ConnectorLock }
  | { readonly kind: "removed"; readonly name: string; readonly before: ConnectorLock }
  | {
      readonly kind: "changed";
      readonly name: string;
      readonly before: ConnectorLock;
      readonly after: ConnectorLock;
      readonly difference: ConnectorDifference;
    };

/** What differs between two lock files. Empty lists: nothing. */
export interface LockDifference {
  readonly connectors: readonly ConnectorChange[];
  readonly azureRoleAssignments: readonly Change<AzureRoleLine>[];
}

/** A stack that came, went, got another name or differs. Each carries what differs, against an empty lock where one is missing. */
export type StackChange =
  | {
      readonly kind: "added";
      readonly stack: string;
      readonly after: Lock;
      readonly difference: LockDifference;
    }
  | {
      readonly kind: "removed";
      readonly stack: string;
      readonly before: Lock;
      readonly difference: LockDifference;
    }
  | {
      readonly kind: "changed";
      /** Its name now. */
      readonly stack: string;
      /** Its name before, where it got another one. */
      readonly previousName?: string;
      readonly before: Lock;
      readonly after: Lock;
      readonly difference: LockDifference;
    };

/**
 * How far a change reaches, worst first, and what `--fail-on` compares:
 * `tier0` gains a path to Global Administrator, or lets somebody else use one;
 * `write` gains something that changes the tenant or reads mail, files or secrets, or lets somebody else use it;
 * `any` is every other change.
 */
export type Level = "tier0" | "write" | "any";

/** Where a line applies. */
export interface Place {
  readonly stack: string;
  readonly connector: string;
  readonly tenantId: string;
}

/** What a line is about. */
export type Subject =
  | "appRole"
  | "directoryRole"
  | "azureRole"
  | "credential"
  | "fact"
  | "capability"
  | "acknowledgement"
  | "connector"
  | "stack";

/** Whether the tenant is more exposed after the change, less, or neither. */
export type Direction = "wider" | "narrower" | "neutral";

/** A way to do without the permission of the line. Read as: `setting` drops it: `effect`. */
export interface Alternative {
  /** The setting in words: "`provision` without `accounts`". Markdown code marks, no other markup. */
  readonly setting: string;
  /** What is lost, or comes instead: "the product then can't create accounts". */
  readonly effect: string;
}

/** One endpoint that a permission is for. */
export interface EndpointUse {
  readonly capability: string;
  /** Why no narrower permission does. */
  readonly reason: string;
  /** `GET /users`. */
  readonly calls: readonly string[];
}

/** One change, however many places it is in. */
export interface ReviewLine {
  /** Stable over runs and independent of the places: `added/conductorone/appRole/Microsoft Graph/User.Read.All`. */
  readonly id: string;
  readonly kind: "added" | "removed" | "changed";
  readonly subject: Subject;
  readonly level: Level;
  readonly direction: Direction;
  /** Profile of the connectors; absent for the collector's Azure roles and for stacks. */
  readonly profile?: string;
  /** What the connectors are called: their name where all have the same, else the profile's title. */
  readonly who: string;
  /** Name of the permission, role, credential or fact. */
  readonly name: string;
  /** The API; "directory role", "Azure role", "credential", "setting". */
  readonly family: string;
  /** What it lets the connector do, a full phrase without a subject: "change who is a member of every group". */
  readonly allows: string;
  /** Absent where a tier makes no sense (facts, credentials). */
  readonly tier?: Tier;
  /** Why it has that tier. */
  readonly tierReason?: string;
  /** Why the change, in words for a reviewer; settings in Markdown code marks. */
  readonly because: readonly string[];
  /** The settings in those reasons: `provision: groups`. */
  readonly settings: readonly string[];
  /** For a change in place, in words. Of a permission that stays: the reasons that went, and those that came. */
  readonly before?: string;
  readonly after?: string;
  readonly alternatives: readonly Alternative[];
  readonly endpoints: readonly EndpointUse[];
  /** Sorted by stack, then connector. */
  readonly places: readonly Place[];
}

/** A sentence for the top: who can now do what, and where. */
export interface Headline {
  readonly level: Level;
  readonly direction: Direction;
  readonly who: string;
  /** `can now`, `goes from reading to writing: it can now`, `is new and can`, `can no longer`, `is removed and can no longer`. */
  readonly verb: string;
  /** What, worst first: "change who is a member of every group". */
  readonly what: readonly string[];
  readonly places: readonly Place[];
}

/** Something that did not change and that a reviewer of this change should know. */
export interface Note {
  readonly text: string;
  readonly places: readonly Place[];
}

/** Who has to approve, by the repository's CODEOWNERS. */
interface Approval {
  /** True when a change of level `tier0` is among them. */
  readonly security: boolean;
  /** Owners of the changed lock files, empty when the repository names none. */
  readonly owners: readonly string[];
  /** Label that lets a change of level `tier0` pass. */
  readonly label: string;
}

/** Everything a reviewer sees. */
export interface Review {
  readonly formatVersion: 1;
  /** The two states, as they were asked for and what they resolve to. */
  readonly base: { readonly ref: string; readonly commit: string };
  readonly head: { readonly ref: string; readonly commit: string | null };
  readonly summary: {
    /** Stacks in either state. */
    readonly stacks: number;
    readonly changed: number;
    /** Stacks with a change of level `tier0`. */
    readonly needApproval: number;
    /** Worst level; null when nothing changed. */
    readonly level: Level | null;
  };
  readonly headlines: readonly Headline[];
  /** Most dangerous first. */
  readonly lines: readonly ReviewLine[];
  readonly notes: readonly Note[];
  readonly approval: Approval;
  /** Paths of the changed lock files. */
  readonly files: readonly string[];
  /** The exact changes, for matrices and machines. */
  readonly stacks: readonly StackChange[];
}
