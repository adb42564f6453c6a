/** The environment in which Pulumi, its plugins and the commands reach the local tenant as its deployer. */
import { mkdir, readFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { type Engine, ensureEngine, type OnProgress } from "./engine";
import { pulumiHome, stateDirectory, tenantDirectory } from "./paths";

/** What the running tenant says about itself in `endpoint.json`; what is not needed here may be there too. */
const endpointSchema = z.object({
  origin: z.url(),
  metadataHost: z.string().min(1),
  tenantId: z.guid(),
  subscriptionId: z.guid(),
  caFile: z.string().min(1),
  pid: z.int().positive(),
  deployer: z.object({ clientId: z.guid() }),
});

type Endpoint = z.infer<typeof endpointSchema>;

/** The local tenant does not run, so that there is nothing to point at. */
export class TenantNotRunningError extends Error {
  override readonly name = "TenantNotRunningError";
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
 * @throws TenantNotRunningError
 * @throws EngineError when there is no engine and none can be had
 */
export async function localEnvironment(onProgress?: OnProgress): Promise<Record<string, string>> {
  const endpoint = await readEndpoint();
  const secret = await readFile(join(tenantDirectory(), "deployer-secret"), "utf8");
  const engine = await ensureEngine(onProgress);
  return { ...signInVariables(endpoint, secret.trim()), ...(await engineVariables(engine)) };
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

/** A tenant that was killed leaves its file behind: it counts only while its process lives. */
async function readEndpoint(): Promise<Endpoint> {
  const text = await readFile(join(tenantDirectory(), "endpoint.json"), "utf8").catch(() => undefined);
  if (text === undefined) throw new TenantNotRunningError();
  const endpoint = endpointSchema.parse(JSON.parse(text));
  if (!isAlive(endpoint.pid)) throw new TenantNotRunningError();
  return endpoint;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
