import { createHash, timingSafeEqual } from "node:crypto";
import type { Tenant } from "../../core/types";
import type { Application, PasswordCredential } from "../../directory/model";
import { LoginError } from "../errors";

/** Accepts a secret that is one of the application's, has replicated, has begun and has not ended. */
export function checkSecret(tenant: Tenant, application: Application, secret: string): void {
  const hash = createHash("sha256").update(secret, "utf8").digest();
  const now = tenant.clock.now();
  const match = application.passwordCredentials
    .filter((credential) => tenant.replication.visible("token-endpoint", credential.addedAt))
    .filter((credential) => hasHash(credential, hash))
    .find((credential) => Date.parse(credential.startDateTime) <= now);
  if (match === undefined) throw wrongSecret(application.appId);
  if (Date.parse(match.endDateTime) <= now) throw expiredSecret(application.appId);
}

function hasHash(credential: PasswordCredential, hash: Buffer): boolean {
  const stored = Buffer.from(credential.secretHash, "hex");
  return stored.length === hash.length && timingSafeEqual(stored, hash);
}

function wrongSecret(appId: string): LoginError {
  return new LoginError(
    "invalid_client",
    7000215,
    "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the " +
      `client secret ID, for a secret added to app '${appId}'.`,
  );
}

function expiredSecret(appId: string): LoginError {
  return new LoginError(
    "invalid_client",
    7000222,
    `The provided client secret keys for app '${appId}' are expired. Visit the Azure portal to create new keys for ` +
      "your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: " +
      "https://aka.ms/certCreds.",
  );
}
