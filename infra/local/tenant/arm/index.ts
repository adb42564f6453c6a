import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { serviceRootHeader } from "../core/server/service-root";
import { TokenError } from "../core/tokens";
import type { Tenant } from "../core/types";
import { checkApiVersion } from "./api-versions";
import { type ArmCall, type ArmContext, type ArmReply, openArm } from "./call";
import { ArmError, invalidContent } from "./errors";
import type { Hosting } from "./hosting";
import { kindOperations } from "./kinds";
import { refuseLocked } from "./locks";
import { finishOperations, operationResults } from "./operations";
import { deletedVaultOperations } from "./resources/deleted-vaults";
import { identityOperations } from "./resources/identities";
import { listingOperations } from "./resources/listing";
import { resourceGroupOperations } from "./resources/resource-groups";
import { roleAssignmentOperations } from "./resources/role-assignments";
import { roleDefinitionOperations } from "./resources/role-definitions";
import { subscriptionOperations } from "./resources/subscriptions";
import { vaultSecretOperations } from "./resources/vault-secrets";
import { vaultOperations } from "./resources/vaults";
import { Router } from "./router";
import { checkSubscription, scopeOf } from "./scope";

const router = new Router([
  ...subscriptionOperations,
  ...resourceGroupOperations,
  ...listingOperations,
  ...vaultOperations,
  ...deletedVaultOperations,
  ...vaultSecretOperations,
  ...identityOperations,
  ...kindOperations,
  ...roleAssignmentOperations,
  ...roleDefinitionOperations,
  ...operationResults,
]);

/**
 * Azure Resource Manager for the types that the product declares; every call is authorized by role assignments. Paths
 * are relative to `/arm`.
 */
export function createArmApp(tenant: Tenant, hosting: Hosting): Hono {
  const context = openArm(tenant, hosting);
  const app = new Hono();
  app.all("*", async ({ req }) => {
    try {
      await finishOperations(context);
      return toResponse(req.raw, await answer(context, req.raw));
    } catch (error) {
      if (error instanceof ArmError) return toErrorResponse(req.raw, error);
      if (error instanceof TokenError) return toErrorResponse(req.raw, unauthorized(tenant, error));
      throw error;
    }
  });
  return app;
}

async function answer(context: ArmContext, request: Request): Promise<ArmReply> {
  const url = new URL(request.url);
  const caller = await context.tenant.tokens.verify(request.headers.get("authorization") ?? undefined, "arm");
  const { operation, params } = router.find(request.method, url.pathname.replace(/\/{2,}/g, "/"));
  checkApiVersion(operation.type, url.searchParams.get("api-version"));
  const call: ArmCall = {
    ...context,
    caller,
    root: request.headers.get(serviceRootHeader) ?? `${context.tenant.settings.origin}/arm`,
    url,
    method: request.method,
    body: await readJson(request),
    param: (name) => params.get(name) ?? "",
  };
  checkSubscription(call);
  const scope = scopeOf(operation.path, call);
  if (operation.action !== undefined) context.access.require(caller, operation.action, scope);
  refuseLocked(call, operation, scope);
  return operation.handle(call);
}

async function readJson(request: Request): Promise<unknown> {
  const text = await request.text();
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw invalidContent(
      "Unexpected character encountered while parsing value. Path '', line 1, position 1.",
    );
  }
}

function toResponse(request: Request, { status, body, headers }: ArmReply): Response {
  const all = { ...commonHeaders(request), ...headers };
  return body === undefined || request.method === "HEAD"
    ? new Response(null, { status, headers: all })
    : Response.json(body, { status, headers: all });
}

function toErrorResponse(request: Request, error: ArmError): Response {
  const headers = { ...commonHeaders(request), "x-ms-failure-cause": "gateway", ...error.headers };
  if (request.method === "HEAD") return new Response(null, { status: error.status, headers });
  const { code, message } = error;
  return Response.json({ error: { code, message } }, { status: error.status, headers });
}

function commonHeaders(request: Request): Record<string, string> {
  const id = request.headers.get("request-id") ?? randomUUID();
  return {
    "cache-control": "no-cache",
    "x-ms-request-id": id,
    "x-ms-correlation-request-id": request.headers.get("x-ms-correlation-request-id") ?? id,
  };
}

function unauthorized({ settings }: Tenant, { problem, message }: TokenError): ArmError {
  const challenge =
    `Bearer authorization_uri="${settings.origin}/login/${settings.tenantId}", error="invalid_token", ` +
    `error_description="The authentication failed because of ${problem === "missing" ? "missing 'Authorization' header" : "an invalid token"}."`;
  const headers = { "www-authenticate": challenge };
  if (problem === "missing") {
    return new ArmError(
      401,
      "AuthenticationFailed",
      "Authentication failed. The 'Authorization' header is missing.",
      headers,
    );
  }
  if (problem === "expired") return new ArmError(401, "ExpiredAuthenticationToken", message, headers);
  const code = problem === "audience" ? "InvalidAuthenticationTokenAudience" : "InvalidAuthenticationToken";
  return new ArmError(401, code, message, headers);
}
