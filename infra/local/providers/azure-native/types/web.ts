/** `azure-native.web`: plans, function apps and how code may be published to them. */

import type { Limits } from "../../http/time";
import { type ArmResource, readResource } from "../arm";
import type { Azure } from "../azure";
import { armType } from "../generic/arm-type";

const WEB = "/subscriptions/{subscription}/resourceGroups/{resourceGroupName}/providers/Microsoft.Web";

const siteName = {
  pattern: /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,58}[A-Za-z0-9])?$/,
  rule: "1 to 60 letters, digits and hyphens, beginning and ending with a letter or digit",
};

/** A site tells little of its configuration; its own address tells all but the app settings. */
async function withConfiguration(azure: Azure, site: ArmResource, limits: Limits): Promise<ArmResource> {
  const { properties } = await readResource(azure.arm, "site", `${site.id}/config/web`, limits);
  return { ...site, properties: { ...site.properties, siteConfig: properties } };
}

export const webTypes = [
  armType({
    token: "azure-native:web:AppServicePlan",
    kind: "serverFarm",
    description: "What apps run on.",
    path: `${WEB}/serverfarms/{name}`,
    autoname: { property: "name", longest: 60 },
  }),
  armType({
    token: "azure-native:web:WebApp",
    kind: "site",
    description: "A web app or function app.",
    path: `${WEB}/sites/{name}`,
    autoname: { property: "name", longest: 60 },
    names: { name: siteName },
    complete: withConfiguration,
    deleteQuery: "deleteEmptyServerFarm=false",
  }),
  ...(["ftp", "scm"] as const).map((protocol) =>
    armType({
      token: `azure-native:web:WebApp${protocol === "ftp" ? "Ftp" : "Scm"}Allowed`,
      kind: "publishingPolicy",
      description: `Whether code may be published with a password over ${protocol.toUpperCase()}.`,
      path: `${WEB}/sites/{name}/basicPublishingCredentialsPolicies/${protocol}`,
      resetTo: { properties: { allow: true } },
    }),
  ),
];
