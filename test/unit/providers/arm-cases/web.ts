import { type ArmCase, GROUP, IDENTITY, placed, rg, SITE } from "./case";

/** A function app. */
export const site = {
  ...placed,
  name: "collector",
  kind: "functionapp,linux",
  serverFarmId: "plan",
  identity: { type: "UserAssigned", userAssignedIdentities: [IDENTITY] },
  siteConfig: { http20Enabled: true, appSettings: [{ name: "A", value: "1" }] },
};

export const webCases: readonly ArmCase[] = [
  {
    type: "web:AppServicePlan",
    inputs: { ...placed, name: "plan", reserved: true, sku: { name: "FC1", tier: "FlexConsumption" } },
    path: `${GROUP}/Microsoft.Web/serverfarms/plan`,
    version: "2025-05-01",
    body: {
      location: "westeurope",
      sku: { name: "FC1", tier: "FlexConsumption" },
      properties: { reserved: true },
    },
  },
  {
    type: "web:WebApp",
    inputs: site,
    path: SITE,
    version: "2025-05-01",
    body: {
      location: "westeurope",
      kind: "functionapp,linux",
      identity: { type: "UserAssigned", userAssignedIdentities: { [IDENTITY]: {} } },
      properties: { serverFarmId: "plan", siteConfig: site.siteConfig },
    },
  },
  {
    type: "web:WebAppFtpAllowed",
    inputs: { ...rg, name: "collector", allow: false },
    path: `${SITE}/basicPublishingCredentialsPolicies/ftp`,
    version: "2025-05-01",
    body: { properties: { allow: false } },
  },
  {
    type: "web:WebAppScmAllowed",
    inputs: { ...rg, name: "collector", allow: false },
    path: `${SITE}/basicPublishingCredentialsPolicies/scm`,
    version: "2025-05-01",
    body: { properties: { allow: false } },
  },
];
