import type { Tier } from "../manifest";

/** A right that whoever deploys must hold. */
export interface DeployerNeed {
  readonly kind: "appRole" | "azureRole";
  /** Microsoft Graph permission or Azure role. */
  readonly name: string;
  /** Id of the app role or of the role definition. */
  readonly id: string;
  /** The tenant, or the Azure resource, that it is given on. */
  readonly scope: string;
  readonly tier: Tier;
  /** What it is for, in words for whoever grants it. */
  readonly because: readonly string[];
  /** The change of settings that makes it unnecessary; absent: nothing does. */
  readonly droppedBy?: string;
  /** How it can be held more narrowly. */
  readonly narrower?: string;
}

/** All that a stack's deployer needs, by the place where it is granted. */
export interface DeployerNeeds {
  readonly stack: string;
  /** By tenant, in the order of the settings. */
  readonly tenants: readonly {
    readonly tenantId: string;
    readonly cloud: string;
    readonly needs: readonly DeployerNeed[];
  }[];
  /** Empty where nothing is made in Azure. */
  readonly azure: readonly DeployerNeed[];
}
