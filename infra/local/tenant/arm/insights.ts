import type { Tenant } from "../core/types";
import { openResources } from "./model";

/** What the ingestion endpoint must know of an Application Insights component. */
export interface InsightsComponent {
  /** The ARM id. */
  readonly id: string;
  readonly name: string;
  /** Whether the instrumentation key alone is enough. */
  readonly localAuth: boolean;
  readonly instrumentationKey: string;
}

/** All components. */
export function insightsComponents(tenant: Pick<Tenant, "store">): InsightsComponent[] {
  return openResources(tenant.store)
    .others.by("type", "Microsoft.Insights/components")
    .map(({ path, name, properties, generated }) => ({
      ...{ id: path, name },
      localAuth: properties.DisableLocalAuth !== true,
      instrumentationKey: generated.key ?? "",
    }));
}

/** The component with that instrumentation key. */
export function findInsightsComponent(
  tenant: Pick<Tenant, "store">,
  instrumentationKey: string,
): InsightsComponent | undefined {
  const wanted = instrumentationKey.toLowerCase();
  return insightsComponents(tenant).find((component) => component.instrumentationKey === wanted);
}
