/** Endpoints of a cloud that is not in the table: read from its Azure Resource Manager metadata. */
import { z } from "zod";
import type { Cloud } from "./cloud";
import { CloudDiscoveryError } from "./errors";
import { clouds } from "./table";

const endpoint = z.url().transform((url) => url.replace(/\/+$/, ""));

/**
 * What the product reads of the reply. The last two are not in Azure's own metadata: another cloud may name its
 * Office 365 endpoints there.
 */
const metadataSchema = z.object({
  name: z.string().min(1),
  resourceManager: endpoint,
  microsoftGraphResourceId: endpoint,
  portal: endpoint.optional(),
  authentication: z.object({ loginEndpoint: endpoint }),
  suffixes: z.object({ keyVaultDns: z.string().optional(), storage: z.string().optional() }).optional(),
  office365Management: endpoint.optional(),
  exchangeOnline: endpoint.optional(),
});

const requestTimeoutMilliseconds = 10_000;

/**
 * Reads `https://{metadataHost}/metadata/endpoints`, as Azure Resource Manager serves it ("Azure Stack and custom clouds:
 * metadata endpoints").
 * @param metadataHost `host` or `host:port`, without scheme
 * @param base the cloud that the rest (names, audiences, suffixes the reply does not give) is taken from
 * @throws CloudDiscoveryError when it cannot be reached or the reply is not usable.
 */
export async function discoverCloud(metadataHost: string, base: Cloud): Promise<Cloud> {
  const reply = metadataSchema.safeParse(await fetchMetadata(metadataHost));
  if (!reply.success) {
    const [issue] = reply.error.issues;
    throw new CloudDiscoveryError(
      `The metadata of ${metadataHost} cannot be used: ${issue?.path.join(".")}: ${issue?.message}. ` +
        "Point ARM_METADATA_HOSTNAME at an Azure Resource Manager host, or unset it.",
    );
  }
  const metadata = reply.data;
  const login = metadata.authentication.loginEndpoint;
  const graph = metadata.microsoftGraphResourceId;
  return {
    ...base,
    login,
    graph,
    arm: metadata.resourceManager,
    portal: metadata.portal ?? base.portal,
    o365Management: metadata.office365Management ?? base.o365Management,
    exchange: metadata.exchangeOnline ?? base.exchange,
    keyVaultSuffix: metadata.suffixes?.keyVaultDns ?? base.keyVaultSuffix,
    storageSuffix: metadata.suffixes?.storage ?? base.storageSuffix,
    authority: trustOf(login, graph, metadata.office365Management !== undefined),
  };
}

/** Client libraries know Microsoft's hosts; every other one they must be told to trust. */
function trustOf(login: string, graph: string, namesO365Management: boolean): Cloud["authority"] {
  const known = (url: string, key: "login" | "graph") =>
    clouds.some((cloud) => new URL(cloud[key]).host === new URL(url).host);
  const microsoft = known(login, "login");
  return {
    instanceDiscovery: microsoft,
    verifyVaultChallenge: microsoft,
    graphHosts: known(graph, "graph") ? [] : [new URL(graph).hostname],
    ownO365Management: microsoft || namesO365Management,
  };
}

async function fetchMetadata(metadataHost: string): Promise<unknown> {
  const url = `https://${metadataHost}/metadata/endpoints?api-version=2022-09-01`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(requestTimeoutMilliseconds) });
    if (response.status !== 200) throw new CloudDiscoveryError(`status ${response.status}`);
    return await response.json();
  } catch (error) {
    throw new CloudDiscoveryError(
      `The endpoints of the cloud could not be read from https://${metadataHost} (${reasonOf(error)}). ` +
        "Check ARM_METADATA_HOSTNAME, that the host is up, and that its certificate is trusted (NODE_EXTRA_CA_CERTS).",
      { cause: error },
    );
  }
}

/** `fetch` hides the reason (refused, untrusted certificate) in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error)
    return "code" in error.cause ? String(error.cause.code) : error.cause.message;
  return error.message;
}
