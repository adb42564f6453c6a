import { Hono } from "hono";
import { isMicrosoftHost } from "../core/server/hosts";
import { serviceRootHeader } from "../core/server/service-root";
import type { Tenant } from "../core/types";

/**
 * Azure Resource Manager's cloud metadata, by which clients find all other endpoints
 * (`GET /metadata/endpoints?api-version=2022-09-01`). Paths are relative to `/metadata`.
 */
export function createMetadataApp(tenant: Tenant): Hono {
  const app = new Hono({ getPath: (request) => new URL(request.url).pathname.toLowerCase() });
  app.get("/endpoints", (context) => {
    const root = context.req.header(serviceRootHeader);
    const byMicrosoftHost = root !== undefined && isMicrosoftHost(new URL(root).hostname);
    const cloud = cloudMetadata(
      byMicrosoftHost ? microsoftEndpoints : localEndpoints(tenant.settings.origin),
    );
    // Before 2019 the reply was the one cloud; from 2019-05-01 to 2021 a list of clouds; now one object again.
    const version = context.req.query("api-version") ?? "";
    return context.json(version.startsWith("2019") || version.startsWith("2020") ? [cloud] : cloud);
  });
  return app;
}

interface Endpoints {
  readonly login: string;
  readonly graph: string;
  readonly resourceManager: string;
  readonly office365Management: string;
  readonly exchangeOnline: string;
}

const localEndpoints = (origin: string): Endpoints => ({
  login: `${origin}/login`,
  graph: `${origin}/graph`,
  resourceManager: `${origin}/arm`,
  office365Management: `${origin}/manage`,
  exchangeOnline: `${origin}/exchange`,
});

/** What a client learns that came by Microsoft's host name: it goes on by those, through the same proxy. */
const microsoftEndpoints: Endpoints = {
  login: "https://login.microsoftonline.com",
  graph: "https://graph.microsoft.com/",
  resourceManager: "https://management.azure.com/",
  office365Management: "https://manage.office.com",
  exchangeOnline: "https://outlook.office365.com",
};

function cloudMetadata(endpoints: Endpoints): Record<string, unknown> {
  return {
    name: "AzureCloud",
    portal: "https://portal.azure.com",
    resourceManager: endpoints.resourceManager,
    microsoftGraphResourceId: endpoints.graph,
    // Azure's own metadata has no Office 365 endpoints; a cloud beside Microsoft's has to name them somewhere.
    office365Management: endpoints.office365Management,
    exchangeOnline: endpoints.exchangeOnline,
    authentication: {
      loginEndpoint: endpoints.login,
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
