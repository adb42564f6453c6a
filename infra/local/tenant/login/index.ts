import { type Context, Hono } from "hono";
import { serviceRootHeader } from "../core/server/service-root";
import { type Directory, openDirectory } from "../directory/open";
import { authenticateClient } from "./client";
import { LoginError, loginErrorResponse } from "./errors";
import { type IssuedToken, issueToken } from "./issue";
import type { IssuingTenant } from "./issuing-tenant";
import { instanceDiscovery, openIdConfiguration } from "./openid";
import { resolveResource } from "./resource";
import { isSharedTenant, requireTenant } from "./tenant-name";
import { parseTokenRequest } from "./token-request";

/** Seconds that a client credentials token lives. */
const tokenLifetime = 3599;

/** Microsoft Entra's login endpoint for apps. Paths are relative to the login root: `/{tenant}/oauth2/v2.0/token`, … */
export function createLoginApp(tenant: IssuingTenant): Hono {
  const directory = openDirectory(tenant.store);
  const app = new Hono({ getPath: (request) => new URL(request.url).pathname.toLowerCase() });
  app.get("/:tenant/discovery/instance", (context) => context.json(discovery(tenant, context)));
  app.get("/:tenant/v2.0/.well-known/openid-configuration", (context) =>
    context.json(openId(tenant, context, 2)),
  );
  app.get("/:tenant/.well-known/openid-configuration", (context) => context.json(openId(tenant, context, 1)));
  app.get("/:tenant/discovery/v2.0/keys", (context) => context.json(keys(tenant, context)));
  app.get("/:tenant/discovery/keys", (context) => context.json(keys(tenant, context)));
  app.post("/:tenant/oauth2/v2.0/token", (context) => answerToken(tenant, directory, context, 2));
  app.post("/:tenant/oauth2/token", (context) => answerToken(tenant, directory, context, 1));
  app.notFound((context) =>
    loginErrorResponse(context, unknownEndpoint(context.req.path), tenant.clock.now()),
  );
  app.onError((error, context) => {
    if (error instanceof LoginError) return loginErrorResponse(context, error, tenant.clock.now());
    throw error;
  });
  return app;
}

async function answerToken(
  tenant: IssuingTenant,
  directory: Directory,
  context: Context,
  version: 1 | 2,
): Promise<Response> {
  requireTenant(tenant.settings, context.req.param("tenant") ?? "", "invalid_request");
  const form = new URLSearchParams(await context.req.text());
  const request = parseTokenRequest(form, context.req.header("authorization"), version);
  const principal = await authenticateClient(tenant, directory, request, rootOf(tenant, context));
  const resource = resolveResource(tenant.settings, directory, request.resource);
  const subject = { principal, proof: request.proof.kind };
  const issued = await issueToken(tenant, directory, subject, resource, tokenLifetime);
  context.header("cache-control", "no-store, no-cache");
  return context.json(version === 2 ? replyV2(issued) : replyV1(issued, request.resource));
}

function replyV2(issued: IssuedToken): Record<string, unknown> {
  return {
    token_type: "Bearer",
    expires_in: issued.expiresIn,
    ext_expires_in: issued.expiresIn,
    access_token: issued.token,
  };
}

/** Version 1 says every number as text, and repeats the resource. */
function replyV1(issued: IssuedToken, resource: string): Record<string, unknown> {
  return {
    token_type: "Bearer",
    expires_in: String(issued.expiresIn),
    ext_expires_in: String(issued.expiresIn),
    expires_on: String(issued.expiresOn),
    not_before: String(issued.notBefore),
    resource,
    access_token: issued.token,
  };
}

function openId(tenant: IssuingTenant, context: Context, version: 1 | 2): Record<string, unknown> {
  const name = context.req.param("tenant") ?? "";
  if (!isSharedTenant(name)) requireTenant(tenant.settings, name);
  return openIdConfiguration(tenant.settings, rootOf(tenant, context), name, version);
}

function keys(tenant: IssuingTenant, context: Context): Record<string, unknown> {
  const name = context.req.param("tenant") ?? "";
  if (!isSharedTenant(name)) requireTenant(tenant.settings, name);
  return { keys: [tenant.tokens.key.jwk] };
}

function discovery(tenant: IssuingTenant, context: Context): Record<string, unknown> {
  return instanceDiscovery(rootOf(tenant, context), context.req.param("tenant") ?? "common");
}

/** The URL of this service as the client sees it: by Microsoft's host name when it came through the proxy. */
function rootOf(tenant: IssuingTenant, context: Context): string {
  return context.req.header(serviceRootHeader) ?? `${tenant.settings.origin}/login`;
}

function unknownEndpoint(path: string): LoginError {
  return new LoginError(
    "invalid_request",
    900561,
    `The endpoint ${path} is not served, or not with this method.`,
  );
}
