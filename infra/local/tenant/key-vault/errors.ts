/** What a vault refuses, in the words of the Key Vault REST API ("Common parameters, headers and errors"). */
export class VaultError extends Error {
  override readonly name = "VaultError";

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly innerCode?: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** The JSON body of a refusal. */
export function errorBody({ code, message, innerCode }: VaultError): unknown {
  return {
    error: { code, message, ...(innerCode === undefined ? {} : { innererror: { code: innerCode } }) },
  };
}

const deletedAdvice =
  "If you recently deleted this item you may be able to recover it using the correct recovery command. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182";

/** 404: no such secret, certificate or key, or no such version of it. */
export function notFound(kind: "secret" | "certificate" | "key", name: string): VaultError {
  const code = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}NotFound`;
  return new VaultError(
    404,
    code,
    `A ${kind} with (name/id) ${name} was not found in this key vault. ${deletedAdvice}`,
  );
}

/** 400: something in the path, query or body. */
export function badParameter(message: string): VaultError {
  return new VaultError(400, "BadParameter", message);
}

/** 409: the name is held by an item that was deleted and can be recovered. */
export function deletedButRecoverable(kind: string, name: string): VaultError {
  return new VaultError(
    409,
    "Conflict",
    `${kind} ${name} is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the ${kind.toLowerCase()} can only be recovered or purged.`,
    "ObjectIsDeletedButRecoverable",
  );
}
