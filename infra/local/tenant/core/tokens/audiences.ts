import type { ApiName } from "../types";

/** An API a token can be asked for: its application id and the texts that name it as resource or audience. */
export interface Api {
  readonly name: ApiName;
  readonly displayName: string;
  readonly appId: string;
  /** Resource URIs without trailing slash; `{origin}` ones are added by `apisOf`. */
  readonly resources: readonly string[];
}

const microsoftApis: readonly Api[] = [
  {
    name: "graph",
    displayName: "Microsoft Graph",
    appId: "00000003-0000-0000-c000-000000000000",
    resources: ["https://graph.microsoft.com"],
  },
  {
    name: "arm",
    displayName: "Windows Azure Service Management API",
    appId: "797f4846-ba00-4fd7-ba43-dac1f8f63013",
    resources: ["https://management.azure.com", "https://management.core.windows.net"],
  },
  {
    name: "key-vault",
    displayName: "Azure Key Vault",
    appId: "cfa8b339-82a2-471a-a3c9-0fc0be7a4093",
    resources: ["https://vault.azure.net"],
  },
  {
    name: "storage",
    displayName: "Azure Storage",
    appId: "e406a681-f3d4-42a8-90b6-c2b029497af1",
    resources: ["https://storage.azure.com"],
  },
  {
    name: "monitor",
    displayName: "Azure Monitor",
    // Microsoft publishes no application id for it; this one is the local tenant's own.
    appId: "6f2c1d5e-0000-4000-8000-000000000001",
    resources: ["https://monitor.azure.com"],
  },
  {
    name: "office365-management",
    displayName: "Office 365 Management APIs",
    appId: "c5393580-f805-4401-95e8-94b7a6ef2fc2",
    resources: ["https://manage.office.com"],
  },
  {
    name: "exchange",
    displayName: "Office 365 Exchange Online",
    appId: "00000002-0000-0ff1-ce00-000000000000",
    resources: ["https://outlook.office365.com", "https://outlook.office.com"],
  },
];

const localPaths: Partial<Record<ApiName, string>> = {
  graph: "/graph",
  arm: "/arm",
  "office365-management": "/manage",
  exchange: "/exchange",
};

/** All APIs of the tenant at an origin: Microsoft's own names, and the names that the metadata endpoint gives out. */
export function apisOf(origin: string): readonly Api[] {
  return microsoftApis.map((api) => {
    const path = localPaths[api.name];
    return path === undefined ? api : { ...api, resources: [...api.resources, `${origin}${path}`] };
  });
}

/** The API that a resource or audience names: by its URI (any number of trailing slashes) or its application id. */
export function apiOfResource(origin: string, resource: string): Api | undefined {
  const wanted = resource.toLowerCase().replace(/\/+$/, "");
  return apisOf(origin).find(
    (api) => api.appId === wanted || api.resources.includes(wanted) || isStorageAccount(api, wanted),
  );
}

/** A storage account's own endpoint is an audience too. */
function isStorageAccount(api: Api, resource: string): boolean {
  return (
    api.name === "storage" && /^https:\/\/[a-z0-9]+\.(blob|queue|table)\.core\.windows\.net$/.test(resource)
  );
}
