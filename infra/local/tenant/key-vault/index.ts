/** The data plane of one key vault: secrets, certificates, and signing with the keys of certificates. */
import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import type { Tenant } from "../core/types";
import { authenticate } from "./access";
import { deletedCertificateRoutes } from "./certificates/deleted";
import { certificateRoutes } from "./certificates/routes";
import type { VaultEnvironment } from "./environment";
import { errorBody, VaultError } from "./errors";
import { keyRoutes } from "./keys/routes";
import { checkApiVersion } from "./requests";
import { deletedSecretRoutes } from "./secrets/deleted";
import { secretRoutes } from "./secrets/routes";
import { openVault } from "./vault";

export { VaultError } from "./errors";
export { setSecret } from "./secrets/secrets";
export { openVault, type Vault } from "./vault";

/** The app that answers at a vault's own origin. */
export function createKeyVaultApp(tenant: Tenant, vaultName: string): Hono<VaultEnvironment> {
  const vault = openVault(tenant, vaultName);
  // The JavaScript client ends paths in a slash where it names no version.
  const app = new Hono<VaultEnvironment>({ strict: false });
  app.use(async (context, next) => {
    context.header("x-ms-request-id", randomUUID());
    context.header("x-ms-keyvault-service-version", "1.9.0");
    context.set("caller", await authenticate(vault, context.req.header("authorization")));
    checkApiVersion(context.req.query("api-version"));
    await next();
  });
  secretRoutes(app, vault);
  deletedSecretRoutes(app, vault);
  certificateRoutes(app, vault);
  deletedCertificateRoutes(app, vault);
  keyRoutes(app, vault);
  app.notFound((context) =>
    context.json(
      errorBody(new VaultError(404, "NotFound", "The requested resource does not exist.")) as object,
      404,
    ),
  );
  app.onError((error, context) => {
    if (!(error instanceof VaultError)) throw error;
    for (const [name, value] of Object.entries(error.headers)) context.header(name, value);
    return context.json(errorBody(error) as object, error.status as 400);
  });
  return app;
}
