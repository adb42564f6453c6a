import { z } from "zod";
import type { ArmContext } from "../../call";
import { ArmError, badRequest } from "../../errors";
import type { Resource } from "../../model";
import { kind } from "../kind";
import { offersFlexConsumption, regionName } from "./regions";

const properties = z.looseObject({
  reserved: z.boolean().nullish(),
  zoneRedundant: z.boolean().nullish(),
  perSiteScaling: z.boolean().nullish(),
});

/** The apps on a plan. */
export function sitesOn({ resources }: ArmContext, plan: Resource): Resource[] {
  return resources.others
    .by("type", "Microsoft.Web/sites")
    .filter(({ properties: site }) => String(site.serverFarmId ?? "").toLowerCase() === plan.id);
}

/** App Service plans; Flex Consumption (FC1) is the only one that apps run on here. */
export const planKind = kind({
  type: "Microsoft.Web/serverfarms",
  properties,
  location: "region",
  created: 200,
  check: ({ name, location = "", declared: { sku, properties: given } }) => {
    if (!/^[\w-]{1,60}$/.test(name)) throw badRequest(`The App Service plan name '${name}' is not valid.`);
    if (sku?.name !== "FC1")
      throw badRequest(
        `The local tenant runs apps on the plan FC1 (FlexConsumption) only, not on '${String(sku?.name)}'.`,
      );
    if (given.reserved !== true) {
      throw badRequest(
        "The parameter reserved has an invalid value: Flex Consumption runs on Linux, so reserved must be true.",
      );
    }
    if (!offersFlexConsumption(location)) {
      throw new ArmError(
        409,
        "Conflict",
        "Requested features are not supported in region. Please try another region.",
      );
    }
  },
  checkRemoval: (call, plan) => {
    const sites = sitesOn(call, plan).map(({ name }) => name);
    if (sites.length === 0) return;
    throw new ArmError(
      409,
      "Conflict",
      `Server farm '${plan.name}' cannot be deleted because it has web app(s) ${sites.join(", ")} assigned to it.`,
    );
  },
  show: ({ call, resource }) => ({
    kind: resource.kind ?? "functionapp",
    sku: { name: "FC1", tier: "FlexConsumption", size: "FC1", family: "FC", capacity: 0 },
    properties: {
      elasticScaleEnabled: false,
      hyperV: false,
      isSpot: false,
      isXenon: false,
      maximumElasticWorkerCount: 1,
      perSiteScaling: false,
      targetWorkerCount: 0,
      targetWorkerSizeId: 0,
      zoneRedundant: false,
      ...resource.properties,
      geoRegion: regionName(resource.location ?? ""),
      maximumNumberOfWorkers: 100,
      numberOfSites: sitesOn(call, resource).length,
      numberOfWorkers: 0,
      provisioningState: "Succeeded",
      resourceGroup: /\/resourceGroups\/([^/]+)/i.exec(resource.path)?.[1],
      status: "Ready",
      subscription: call.tenant.settings.subscriptionId,
    },
  }),
});
