import { storageErrorResponse } from "../core/server/errors";

/** A refusal by Azure Storage. */
export class StorageError extends Error {
  override readonly name = "StorageError";

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** The refusal as XML. */
export function toResponse(error: StorageError, request: Request, now: number): Response {
  const { status, code, message, headers } = error;
  const response = storageErrorResponse({ status, code, message, headers }, now);
  const version = request.headers.get("x-ms-version");
  if (version !== null) response.headers.set("x-ms-version", version);
  return request.method === "HEAD" ? new Response(null, response) : response;
}

/** 401: no token, or one that is not good; the challenge says where to sign in and for what. */
export function unauthenticated(
  code: string,
  message: string,
  origin: string,
  tenantId: string,
): StorageError {
  return new StorageError(401, code, message, {
    "www-authenticate":
      `Bearer authorization_uri=${origin}/login/${tenantId}/oauth2/authorize ` +
      "resource_id=https://storage.azure.com",
  });
}

/** 403: no role of the caller allows it. */
export const permissionMismatch = (): StorageError =>
  new StorageError(
    403,
    "AuthorizationPermissionMismatch",
    "This request is not authorized to perform this operation using this permission.",
  );

/** 403: the account takes Microsoft Entra tokens only. */
export const keysNotPermitted = (): StorageError =>
  new StorageError(
    403,
    "KeyBasedAuthenticationNotPermitted",
    "Key based authentication is not permitted on this storage account.",
  );
