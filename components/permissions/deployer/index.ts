/** The least privilege that the identity needs which deploys a stack. */
import { plan } from "../plan";
import { unique } from "../planning/requirement";
import type { Settings } from "../settings";
import { azureNeeds } from "./azure-needs";
import { graphNeeds } from "./graph-needs";
import type { DeployerNeeds } from "./need";

export type { DeployerNeed, DeployerNeeds } from "./need";

/** Everything the deployer must hold for these settings, and nothing besides. Pure. */
export function deployerNeeds(settings: Settings): DeployerNeeds {
  const { connectors } = plan(settings);
  const tenantIds = unique(connectors.map(({ tenantId }) => tenantId));
  return {
    stack: settings.stack,
    tenants: tenantIds.map((tenantId) => {
      const own = connectors.filter((connector) => connector.tenantId === tenantId);
      return { tenantId, cloud: own[0]?.cloud ?? "global", needs: graphNeeds(tenantId, own) };
    }),
    azure: azureNeeds(settings),
  };
}
