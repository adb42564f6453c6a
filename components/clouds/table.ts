/**
 * Microsoft's clouds. Sources: "National clouds" and "Microsoft Graph national cloud deployments" (Microsoft Learn),
 * "Office 365 Management Activity API: service endpoints", `az cloud list`.
 */
import type { Cloud } from "./cloud";

/** Microsoft's own authorities are known to every client library. */
const microsoftAuthority: Cloud["authority"] = {
  instanceDiscovery: true,
  verifyVaultChallenge: true,
  graphHosts: [],
  ownO365Management: true,
};

const global: Cloud = {
  name: "global",
  login: "https://login.microsoftonline.com",
  graph: "https://graph.microsoft.com",
  arm: "https://management.azure.com",
  o365Management: "https://manage.office.com",
  exchange: "https://outlook.office365.com",
  portal: "https://portal.azure.com",
  federatedAudience: "api://AzureADTokenExchange",
  keyVaultSuffix: "vault.azure.net",
  storageSuffix: "core.windows.net",
  scmSuffix: "scm.azurewebsites.net",
  authority: microsoftAuthority,
  notSupported: [],
};

/** US Government community cloud: worldwide endpoints but for the Management Activity API. */
const gcc: Cloud = { ...global, name: "gcc", o365Management: "https://manage-gcc.office.com" };

const gcchigh: Cloud = {
  name: "gcchigh",
  login: "https://login.microsoftonline.us",
  graph: "https://graph.microsoft.us",
  arm: "https://management.usgovcloudapi.net",
  o365Management: "https://manage.office365.us",
  exchange: "https://outlook.office365.us",
  portal: "https://portal.azure.us",
  federatedAudience: "api://AzureADTokenExchangeUSGov",
  keyVaultSuffix: "vault.usgovcloudapi.net",
  storageSuffix: "core.usgovcloudapi.net",
  scmSuffix: "scm.azurewebsites.us",
  authority: microsoftAuthority,
  notSupported: [],
};

/** US Department of Defense: GCC High's Azure with its own Graph, Management Activity API and Exchange. */
const dod: Cloud = {
  ...gcchigh,
  name: "dod",
  graph: "https://dod-graph.microsoft.us",
  o365Management: "https://manage.protection.apps.mil",
  exchange: "https://outlook-dod.office365.us",
};

const china21vianet: Cloud = {
  name: "china21vianet",
  login: "https://login.chinacloudapi.cn",
  graph: "https://microsoftgraph.chinacloudapi.cn",
  arm: "https://management.chinacloudapi.cn",
  o365Management: "https://manage.office365.cn",
  exchange: "https://outlook.office365.cn",
  portal: "https://portal.azure.cn",
  federatedAudience: "api://AzureADTokenExchangeChina",
  keyVaultSuffix: "vault.azure.cn",
  storageSuffix: "core.chinacloudapi.cn",
  scmSuffix: "scm.chinacloudsites.cn",
  authority: microsoftAuthority,
  notSupported: ["GET /auditLogs/directoryAudits", "provisionOnDemand"],
};

/** Every cloud that a connector's `cloud` setting may name. */
export const clouds: readonly Cloud[] = [global, gcc, gcchigh, dod, china21vianet];
