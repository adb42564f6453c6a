import { Hono } from "hono";
import type { Tenant } from "../core/types";

/**
 * Azure Resource Manager's cloud metadata, by which clients find all other endpoints
 * (`GET /metadata/endpoints?api-version=2022-09-01`). Paths are relative to `/metadata`.
 */
export function createMetadataApp(tenant: Tenant): Hono {
  const app = new Hono({ getPath: (request) => new URL(request.url).pathname.toLowerCase() });
  app.get("/endpoints", (context) => {
    const cloud = cloudMetadata(tenant.settings.origin);
    // Before 2019 the reply was the one cloud; from 2019-05-01 to 2021 a list of clouds; now one object again.
    const version = context.req.query("api-version") ?? "";
    return context.json(version.startsWith("2019") || version.startsWith("2020") ? [cloud] : cloud);
  });
  return app;
}

function cloudMetadata(origin: string): Record<string, unknown> {
  return {
    name: "AzureCloud",
    portal: "https://portal.azure.com",
    resourceManager: `${origin}/arm`,
    microsoftGraphResourceId: `${origin}/graph`,
    authentication: {
      loginEndpoint: `${origin}/login`,
      audiences: ["https://management.core.windows.net/", "https://management.azure.com/"],
      tenant: "common",
      identityProvider: "AAD",
    },
    media: "https://rest.media.azure.net",
    graphAudience: "https://graph.windows.net/",
    graph: "https://graph.windows.net/",
    batch: "https://batch.core.windows.net/",
    activeDirectoryDataLake: "https://datalake.azure.net/",
    sqlManagement: "https://management.core.windows.net:8443/",
    logAnalyticsResourceId: "https://api.loganalytics.io",
    appInsightsResourceId: "https://api.applicationinsights.io",
    ossRdbmsResourceId: "https://ossrdbms-aad.database.windows.net",
    suffixes: {
      keyVaultDns: "vault.azure.net",
      storage: "core.windows.net",
      acrLoginServer: "azurecr.io",
      sqlServerHostname: "database.windows.net",
      mhsmDns: "managedhsm.azure.net",
      azureFrontDoorEndpointSuffix: "azurefd.net",
    },
  };
}
