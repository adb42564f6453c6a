/** What `rotate` is about to do, for people and programs. */
import type { RotationSchedule } from "../../../components/credentials/rotation";
import type { CredentialSettings } from "../../../components/permissions/settings";

/** A credential whose value this stack makes and renews. */
export type RotatingCredential = Extract<CredentialSettings, { readonly anchor: string }>;

/** A value that signs in, or will. */
export interface KeyOfSlot {
  /** Its name on the registration. */
  readonly displayName: string;
  readonly slot: 0 | 1;
  /** ISO date-times. */
  readonly from: string | null;
  readonly until: string | null;
}

/** One place in a stack file that gets another value. */
export interface AnchorChange {
  /** Name of the stack file. */
  readonly file: string;
  /** Line, counted from 1. */
  readonly line: number;
  /** `connectors[1].anchor`. */
  readonly path: string;
  /** What stood there; null where nothing did. */
  readonly before: string | null;
  readonly after: string;
}

/** Where the new value goes. */
export interface Delivery {
  /** The vendor's guide, or how the value reaches who uses it. */
  readonly product: string;
  /** The vendor's name of the field. */
  readonly field: string;
  /** Where the new value will be. */
  readonly source: string;
}

/** The renewal of one credential. */
export interface CredentialRenewal {
  readonly kind: RotatingCredential["kind"];
  /** The value in use. */
  readonly current: KeyOfSlot;
  /** What the next deployment makes. */
  readonly next: KeyOfSlot;
  /** An older value that still signs in, and is taken away by the next deployment because the new one needs its slot. */
  readonly taken: KeyOfSlot | null;
  /** Until when the value in use signs in beside the new one, ISO date-time; null when it ends at the deployment. */
  readonly bothUntil: string | null;
  /** When the schedule renews it the next time, ISO date-time. */
  readonly renewedAgain: string;
  /** Null when nobody has to do anything: it is used where it is made. */
  readonly delivery: Delivery | null;
  /** Null when the stack file says it already. */
  readonly change: AnchorChange | null;
  readonly schedule: RotationSchedule;
}

/** The renewal of a connector's credentials. */
export interface RotationPlan {
  readonly stack: string;
  readonly connector: string;
  readonly name: string;
  readonly compromised: boolean;
  /** The moment that the stack is planned for, ISO date-time. */
  readonly asOf: string;
  readonly credentials: readonly CredentialRenewal[];
}
