/** The HTTP methods that Graph's directory endpoints answer. */
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** The two versions of the API. */
export type Version = "v1.0" | "beta";

/** Application permissions of which all are needed together. */
export type PermissionSet = readonly string[];

/** Which application permissions allow one call. One whole set of `anyOf` suffices. */
export interface EndpointPermissions {
  readonly method: Method;
  /** Path below the version with `{id}` for every key, as in Microsoft's reference. */
  readonly path: string;
  readonly versions: readonly Version[];
  readonly anyOf: readonly PermissionSet[];
  /** For PATCH: a body whose properties all lie in one entry (names joined by commas) is also allowed by its sets. */
  readonly properties?: Readonly<Record<string, readonly PermissionSet[]>>;
  /** Permissions that reach only objects owned by the caller. */
  readonly ownedOnly?: readonly string[];
  /** For calls on an object of any type: the sets by the type of the object, e.g. `user`. */
  readonly byType?: Readonly<Record<string, readonly PermissionSet[]>>;
  /** For GET: permissions that open a basic set of properties only. */
  readonly basic?: readonly string[];
  readonly note?: string;
}
