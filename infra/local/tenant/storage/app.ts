import type { Agent } from "undici";
import { findStorageAccount, type StorageAccount } from "../arm/storage";
import { drain } from "../core/server/body";
import { serviceRootHeader } from "../core/server/service-root";
import { TokenError } from "../core/tokens";
import type { Caller, FetchApp, Tenant } from "../core/types";
import { permit, type StorageRequest, type StorageService } from "./authorization";
import type { Azurite } from "./azurite";
import type { AzuriteToken } from "./azurite-token";
import { keysNotPermitted, StorageError, toResponse, unauthenticated } from "./errors";
import { forward } from "./forward";

/** What all accounts' proxies share. */
export interface StorageParts {
  readonly tenant: Tenant;
  readonly azurite: Azurite;
  readonly token: AzuriteToken;
  /** Connections to Azurite. */
  readonly agent: Agent;
}

/** Headers that the tenant's own dispatcher added, and those that Azurite must not see. */
const kept = new Set([serviceRootHeader, "request-id", "client-request-id", "authorization", "expect"]);

/**
 * The data plane of one storage account's service: checks the caller's token and roles, then lets Azurite answer. Paths
 * are `/<account>/<container or queue>/…`, as at an address without a host name.
 */
export function createStorageApp(parts: StorageParts, account: string, service: StorageService): FetchApp {
  const { tenant } = parts;
  const answer = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const found = findStorageAccount(tenant, account);
    if (found === undefined || accountOf(url) !== account) throw noSuchAccount();
    const caller = await authenticate(tenant, found, request, url);
    permit(tenant, caller.objectId, found.id, service, storageRequest(request, url));
    const origins = await parts.azurite.origins();
    return forward(request, `${origins[service]}${url.pathname}${url.search}`, {
      agent: parts.agent,
      without: kept,
      headers: { authorization: `Bearer ${parts.token.get()}` },
    });
  };
  return {
    fetch: async (request) => {
      try {
        return await answer(request);
      } catch (error) {
        await drain(request);
        if (error instanceof StorageError) return toResponse(error, request, tenant.clock.now());
        throw error;
      }
    },
  };
}

/** @throws StorageError 401 without a good token, 403 for a shared key or a shared access signature */
async function authenticate(
  tenant: Tenant,
  account: StorageAccount,
  request: Request,
  url: URL,
): Promise<Caller> {
  const authorization = request.headers.get("authorization") ?? undefined;
  if (url.searchParams.has("sig") || /^SharedKey/i.test(authorization ?? "")) throw refusedKey(account);
  const { origin, tenantId } = tenant.settings;
  try {
    return await tenant.tokens.verify(authorization, "storage");
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    if (error.problem === "missing") {
      const message =
        "Server failed to authenticate the request. Please refer to the information in the www-authenticate header.";
      throw unauthenticated("NoAuthenticationInformation", message, origin, tenantId);
    }
    throw unauthenticated(
      "InvalidAuthenticationInfo",
      `Server failed to authenticate the request. ${error.message}`,
      origin,
      tenantId,
    );
  }
}

/** Nobody holds an account's key here, so one that is presented is refused in any case. */
function refusedKey(account: StorageAccount): StorageError {
  if (!account.allowSharedKeyAccess) return keysNotPermitted();
  return new StorageError(
    403,
    "AuthenticationFailed",
    "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.",
  );
}

function storageRequest(request: Request, url: URL): StorageRequest {
  const [item, ...rest] = url.pathname.split("/").slice(2);
  return {
    method: request.method,
    item: item === "" ? undefined : item?.toLowerCase(),
    rest: rest.length === 0 || rest.join("/") === "" ? undefined : rest.join("/"),
    query: url.searchParams,
    headers: request.headers,
  };
}

function accountOf(url: URL): string | undefined {
  return url.pathname.split("/")[1]?.toLowerCase();
}

function noSuchAccount(): StorageError {
  return new StorageError(404, "ResourceNotFound", "The specified resource does not exist.");
}
