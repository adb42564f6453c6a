import type { Entity } from "../../core/types";

/** The types of objects whose changes delta queries follow; named as Graph names them. */
export type TrackedType =
  | "user"
  | "group"
  | "application"
  | "servicePrincipal"
  | "device"
  | "administrativeUnit"
  | "directoryRole"
  | "oAuth2PermissionGrant"
  | "orgContact";

/** The relations whose changes delta queries follow. */
export type TrackedLink = "members" | "owners" | "manager";

/** One change of the directory. `id` is its number as text: changes are numbered from 1 without gaps. */
export interface ChangeEntry extends Entity {
  readonly type: TrackedType;
  readonly objectId: string;
  /** `purged`: a deleted object is now gone for good. */
  readonly change: "created" | "updated" | "removed" | "purged" | "linked";
  /** Names of the properties that an update touched. */
  readonly properties?: readonly string[];
  /** The relation that gained or lost the target. */
  readonly link?: TrackedLink;
  readonly targetId?: string;
  readonly targetType?: string;
}

/** An entry before it has its number. */
export type NewEntry = Omit<ChangeEntry, "id">;
