/** The environment in which Pulumi, its plugins and the commands reach the local tenant as its deployer. */
import { mkdir, readFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Engine, ensureEngine, type OnProgress } from "./engine";
import { pulumiHome, stateDirectory, tenantDirectory } from "./paths";
import { type Endpoint, readEndpoint } from "./tenant/core/endpoint";

/** The local tenant does not run, so that there is nothing to point at. */
class NoLocalTenantError extends Error {
  override readonly name = "NoLocalTenantError";
  readonly next = "Start it with: npm run -s cli -- tenant start";

  constructor() {
    super("The local tenant is not running.");
  }
}

/**
 * The dev stack's passphrase. It is no secret: all that it protects is synthetic and valid in the loopback tenant only,
 * and a fixed one lets Pulumi.dev.yaml carry its salt.
 */
const devPassphrase = "local";

/**
 * Variables to run with, PATH with the engine first among them. Gets the engine when there is none yet.
 * @throws NoLocalTenantError
 * @throws EngineError when there is no engine and none can be had
 */
export async function localEnvironment(onProgress?: OnProgress): Promise<Record<string, string>> {
  const endpoint = readEndpoint(tenantDirectory());
  if (endpoint === undefined) throw new NoLocalTenantError();
  const secret = await readFile(join(tenantDirectory(), "deployer-secret"), "utf8");
  const engine = await ensureEngine(onProgress);
  return { ...signInVariables(endpoint, secret.trim()), ...(await engineVariables(engine)), ...pastProxy() };
}

/** On a machine that reaches the world by a proxy: the local tenant is not out there. Clients read one spelling or the other. */
function pastProxy(env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const proxies = [
    env.HTTPS_PROXY,
    env.https_proxy,
    env.HTTP_PROXY,
    env.http_proxy,
    env.ALL_PROXY,
    env.all_proxy,
  ];
  if (!proxies.some(Boolean)) return {};
  const known = (env.no_proxy ?? env.NO_PROXY ?? "").split(",").filter((host) => host !== "");
  const hosts = [...new Set([...known, "127.0.0.1", "localhost"])].join(",");
  return { NO_PROXY: hosts, no_proxy: hosts };
}

function signInVariables(endpoint: Endpoint, secret: string): Record<string, string> {
  const { caFile, deployer, metadataHost, origin, subscriptionId, tenantId } = endpoint;
  return {
    ARM_TENANT_ID: tenantId,
    ARM_CLIENT_ID: deployer.clientId,
    ARM_CLIENT_SECRET: secret,
    ARM_SUBSCRIPTION_ID: subscriptionId,
    ARM_METADATA_HOSTNAME: metadataHost,
    AZURE_TENANT_ID: tenantId,
    AZURE_CLIENT_ID: deployer.clientId,
    AZURE_CLIENT_SECRET: secret,
    AZURE_AUTHORITY_HOST: `${origin}/login`,
    SSL_CERT_FILE: caFile,
    NODE_EXTRA_CA_CERTS: caFile,
  };
}

async function engineVariables(engine: Engine): Promise<Record<string, string>> {
  await mkdir(pulumiHome(), { recursive: true });
  await mkdir(stateDirectory(), { recursive: true });
  return {
    PULUMI_HOME: pulumiHome(),
    PULUMI_BACKEND_URL: pathToFileURL(stateDirectory()).href,
    PULUMI_CONFIG_PASSPHRASE: devPassphrase,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PATH: [engine.directory, process.env.PATH ?? ""].join(delimiter),
  };
}
