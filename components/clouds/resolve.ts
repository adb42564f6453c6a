/** From the settings' words (`cloud`, `graphDomain`) to the endpoints of one cloud. */
import type { Cloud } from "./cloud";
import { discoverCloud } from "./discover";
import { UnknownCloudError } from "./errors";
import { clouds } from "./table";

/** How the settings and the environment choose a cloud. */
export interface CloudChoice {
  /** Name of the national cloud, for example `global`. */
  readonly name: string;
  /** Host of Microsoft Graph where it is not the named cloud's own. */
  readonly graphDomain?: string | undefined;
  /** Azure Resource Manager host (`host` or `host:port`) whose metadata describes the endpoints; env ARM_METADATA_HOSTNAME. */
  readonly metadataHost?: string | undefined;
}

/** The names that `cloud` accepts. */
export function cloudNames(): readonly string[] {
  return clouds.map((cloud) => cloud.name);
}

/**
 * The cloud of that name.
 * @throws UnknownCloudError naming the clouds there are.
 */
export function cloudByName(name: string): Cloud {
  const cloud = clouds.find((candidate) => candidate.name === name);
  if (cloud === undefined) {
    throw new UnknownCloudError(
      `There is no cloud "${name}". Set \`cloud\` to one of ${cloudNames().join(", ")}.`,
    );
  }
  return cloud;
}

/**
 * The cloud whose Microsoft Graph answers at that domain. A Graph domain never changes alone: sign-in, token scope and
 * all other hosts come with it, because a token of one cloud is worth nothing in another.
 * @param domain host of Graph, with or without scheme
 * @throws UnknownCloudError when no cloud has its Graph there, or when the settings name a cloud with another Graph.
 */
export function withGraphDomain(cloud: Cloud, domain: string | undefined): Cloud {
  if (domain === undefined) return cloud;
  const host = graphHost(domain);
  if (new URL(cloud.graph).host === host) return cloud;
  const owner = clouds.find((candidate) => new URL(candidate.graph).host === host);
  if (owner === undefined) {
    throw new UnknownCloudError(
      `No Microsoft cloud has its Graph at "${domain}", so the login endpoint and the token scope that belong to it are unknown. ` +
        `Set \`graphDomain\` to one of ${[...new Set(clouds.map((known) => new URL(known.graph).host))].join(", ")}.`,
    );
  }
  if (cloud.name !== "global") {
    throw new UnknownCloudError(
      `\`graphDomain\` "${domain}" is the Graph of the cloud ${owner.name}, but \`cloud\` is ${cloud.name}. ` +
        `Remove \`graphDomain\`, or set \`cloud\` to ${owner.name}.`,
    );
  }
  return owner;
}

/**
 * The endpoints to use: the named cloud's, another one's when the Graph domain says so, or those that a metadata host
 * describes.
 * @throws UnknownCloudError | CloudDiscoveryError
 */
export async function resolveCloud(choice: CloudChoice): Promise<Cloud> {
  const named = cloudByName(choice.name);
  if (choice.metadataHost === undefined || choice.metadataHost === "") {
    return withGraphDomain(named, choice.graphDomain);
  }
  const discovered = await discoverCloud(choice.metadataHost, named);
  if (choice.graphDomain === undefined) return discovered;
  const host = graphHost(choice.graphDomain);
  if ([discovered, named].some((cloud) => new URL(cloud.graph).host === host)) return discovered;
  throw new UnknownCloudError(
    `\`graphDomain\` "${choice.graphDomain}" is not the Graph of the cloud that ${choice.metadataHost} describes ` +
      `(${new URL(discovered.graph).host}). Remove \`graphDomain\`, or unset ARM_METADATA_HOSTNAME.`,
  );
}

function graphHost(domain: string): string {
  try {
    return new URL(domain.includes("://") ? domain : `https://${domain}`).host.toLowerCase();
  } catch {
    throw new UnknownCloudError(
      `"${domain}" is not a host name. Set \`graphDomain\` to a host such as graph.microsoft.us.`,
    );
  }
}
