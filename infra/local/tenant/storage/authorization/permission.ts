import type { Plane } from "../../arm/roles/role";

/** The two services of an account that are served. */
export type StorageService = "blob" | "queue";

/** A request as far as permissions depend on it. */
export interface StorageRequest {
  readonly method: string;
  /** The container's or queue's name; absent for requests on the service itself. */
  readonly item: string | undefined;
  /** Blob name, or `messages` and a message's id; absent for requests on the container or queue itself. */
  readonly rest: string | undefined;
  readonly query: URLSearchParams;
  readonly headers: Headers;
}

/** A permission by which a request is allowed; one of several is enough. */
export interface StoragePermission {
  readonly plane: Plane;
  readonly action: string;
}

export const action = (name: string): StoragePermission => ({ plane: "actions", action: name });
export const dataAction = (name: string): StoragePermission => ({ plane: "dataActions", action: name });
