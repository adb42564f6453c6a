/** Where the Flex Consumption plan is offered (page "Azure Functions Flex Consumption plan hosting", supported regions). */
import { type ArmOperation, list } from "../../call";
import { subscriptionPath } from "../../ids";

const offered: Readonly<Record<string, string>> = {
  australiaeast: "Australia East",
  brazilsouth: "Brazil South",
  canadacentral: "Canada Central",
  centralindia: "Central India",
  centralus: "Central US",
  eastasia: "East Asia",
  eastus: "East US",
  eastus2: "East US 2",
  francecentral: "France Central",
  germanywestcentral: "Germany West Central",
  italynorth: "Italy North",
  japaneast: "Japan East",
  koreacentral: "Korea Central",
  northcentralus: "North Central US",
  northeurope: "North Europe",
  norwayeast: "Norway East",
  southafricanorth: "South Africa North",
  southcentralus: "South Central US",
  southeastasia: "Southeast Asia",
  spaincentral: "Spain Central",
  swedencentral: "Sweden Central",
  switzerlandnorth: "Switzerland North",
  uaenorth: "UAE North",
  uksouth: "UK South",
  westcentralus: "West Central US",
  westeurope: "West Europe",
  westus2: "West US 2",
  westus3: "West US 3",
};

/** Regions with App Service but without that plan. */
const others: Readonly<Record<string, string>> = {
  francesouth: "France South",
  germanynorth: "Germany North",
  qatarcentral: "Qatar Central",
  westindia: "West India",
};

/** Whether the plan can be made in a region. */
export function offersFlexConsumption(region: string): boolean {
  return Object.hasOwn(offered, region);
}

/** `westeurope` as it is shown: West Europe. */
export function regionName(region: string): string {
  return offered[region] ?? others[region] ?? region;
}

const type = "Microsoft.Web/geoRegions";

/** The regions of App Service; with `sku=FlexConsumption` those that offer that plan. */
export const regionOperations: readonly ArmOperation[] = [
  {
    method: "GET",
    path: `/subscriptions/{subscriptionId}/providers/${type}`,
    type,
    action: "Microsoft.Web/geoRegions/read",
    handle: (call) => {
      const flex = call.url.searchParams.get("sku")?.toLowerCase() === "flexconsumption";
      const names = Object.values(flex ? offered : { ...offered, ...others });
      const root = `${subscriptionPath(call.tenant.settings.subscriptionId)}/providers/${type}`;
      return list(
        names.map((name) => ({
          id: `${root}/${name}`,
          name,
          type,
          properties: {
            name,
            displayName: name,
            description: null,
            sortOrder: 2_147_483_647,
            orgDomain: `PUBLIC;FUNCTIONS;DYNAMIC;LINUX;LINUXDYNAMIC${Object.values(offered).includes(name) ? ";FLEXCONSUMPTION" : ""}`,
          },
        })),
      );
    },
  },
];
