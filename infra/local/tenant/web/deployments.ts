import type { Collection, Entity, Store, Tenant } from "../core/types";

/** How a deployment stands (Kudu's `DeployStatus`). */
export const deployStatus = { pending: 0, building: 1, deploying: 2, failed: 3, success: 4 } as const;

/** One hand-over of a package. */
export interface Deployment extends Entity {
  /** Lower-case name of the site. */
  readonly site: string;
  readonly status: (typeof deployStatus)[keyof typeof deployStatus];
  /** Why it failed; empty otherwise. */
  readonly text: string;
  readonly deployer: string;
  /** ISO date-times of the tenant's clock. */
  readonly receivedAt: string;
  readonly endedAt: string | undefined;
  readonly bytes: number;
}

/** All deployments of all sites. */
export function openDeployments(store: Store): Collection<Deployment> {
  return store.collection<Deployment>("siteDeployments", { site: ({ site }) => site });
}

/** Ends deployments whose process ended before them. */
export function failUnfinished({ store, clock }: Pick<Tenant, "store" | "clock">): void {
  const deployments = openDeployments(store);
  const endedAt = new Date(clock.now()).toISOString();
  const text = "The deployment was interrupted: the local tenant ended. Publish the package again.";
  for (const one of [...deployments.values()].filter((unfinished) => unfinished.endedAt === undefined))
    deployments.put({ ...one, status: deployStatus.failed, text, endedAt });
}

/** The deployment of a site whose package runs. */
export function activeDeployment(store: Store, site: string): Deployment | undefined {
  return openDeployments(store)
    .by("site", site)
    .findLast(({ status }) => status === deployStatus.success);
}

/** A deployment as `GET /api/deployments/{id}` tells it. */
export function deploymentBody(deployment: Deployment, root: string, isActive: boolean): object {
  const { id, status, text, receivedAt, endedAt, deployer, site } = deployment;
  return {
    id,
    status,
    status_text: text,
    author_email: "N/A",
    author: "N/A",
    deployer,
    message: text,
    progress: "",
    received_time: receivedAt,
    start_time: receivedAt,
    end_time: endedAt ?? null,
    last_success_end_time: status === deployStatus.success ? endedAt : null,
    complete: endedAt !== undefined,
    active: isActive,
    is_temp: false,
    is_readonly: true,
    url: `${root}/api/deployments/${id}`,
    log_url: `${root}/api/deployments/${id}/log`,
    site_name: site,
  };
}
