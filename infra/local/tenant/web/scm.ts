import { randomUUID } from "node:crypto";
import { type Context, Hono } from "hono";
import { isActionAllowed } from "../arm/access";
import { drain } from "../core/server/body";
import { serviceRootHeader } from "../core/server/service-root";
import { TokenError } from "../core/tokens";
import {
  activeDeployment,
  type Deployment,
  deploymentBody,
  deployStatus,
  openDeployments,
} from "./deployments";
import { InaccessibleStorageError } from "./package-store";
import type { DeclaredSite } from "./site";
import type { RunnerParts } from "./site-runner";

/** What the SCM site of one app works with. */
export interface ScmParts extends RunnerParts {
  /** Runs what was published. */
  readonly published: (name: string) => void;
}

/** The largest package that the platform takes. */
const largestPackage = 1024 * 1024 * 1024;

/** A refusal in plain text, as Kudu's. */
class ScmError extends Error {
  override readonly name = "ScmError";

  constructor(
    readonly status: 400 | 401 | 403 | 404 | 413,
    message: string,
  ) {
    super(message);
  }
}

/**
 * The SCM site of an app on Flex Consumption: takes packages (`POST /api/publish`) from whoever may publish, with a token
 * for Resource Manager; user names and passwords are refused.
 */
export function createScmApp(parts: ScmParts, name: string): Hono {
  const app = new Hono();
  const deployments = openDeployments(parts.tenant.store);
  app.use("*", async (context, next) => {
    await authenticate(parts, name, context);
    await next();
  });
  app.post("/api/publish", async (context) => {
    const id = await publish(parts, requireSite(parts, name), context);
    return context.json(id, 202);
  });
  app.get("/api/deployments", (context) =>
    context.json([...deployments.by("site", name)].reverse().map((one) => bodyOf(parts, one, context))),
  );
  app.get("/api/deployments/:id", (context) => {
    const wanted = context.req.param("id");
    const all = deployments.by("site", name);
    const found = wanted === "latest" ? all.at(-1) : all.find(({ id }) => id === wanted);
    if (found === undefined) throw new ScmError(404, `Deployment '${wanted}' not found.`);
    return context.json(bodyOf(parts, found, context) as object, isOver(found) ? 200 : 202);
  });
  app.notFound((context) => context.text("No HTTP resource was found that matches the request URI.", 404));
  app.onError(async (error, context) => {
    if (!(error instanceof ScmError)) throw error;
    await drain(context.req.raw);
    if (error.status === 401) context.header("www-authenticate", 'Bearer realm="site"');
    return context.text(error.message, error.status);
  });
  return app;
}

function isOver({ endedAt }: Deployment): boolean {
  return endedAt !== undefined;
}

function bodyOf(parts: ScmParts, deployment: Deployment, context: Context): object {
  const active = activeDeployment(parts.tenant.store, deployment.site)?.id === deployment.id;
  return deploymentBody(deployment, context.req.header(serviceRootHeader) ?? "", active);
}

/** @throws ScmError 401, 403 */
async function authenticate({ tenant, declared }: ScmParts, name: string, context: Context): Promise<void> {
  const site = declared(name);
  if (site === undefined) throw new ScmError(404, "Site not found.");
  try {
    const caller = await tenant.tokens.verify(context.req.header("authorization"), "arm");
    const action = "Microsoft.Web/sites/publish/action";
    if (isActionAllowed(tenant, caller.objectId, site.id, "actions", action)) return;
    throw new ScmError(
      403,
      `The client '${caller.clientId}' with object id '${caller.objectId}' does not have authorization to perform action '${action}' over scope '${site.id}'.`,
    );
  } catch (error) {
    if (error instanceof TokenError) throw new ScmError(401, "Unauthorized");
    throw error;
  }
}

function requireSite({ declared }: ScmParts, name: string): DeclaredSite {
  const site = declared(name);
  if (site === undefined) throw new ScmError(404, "Site not found.");
  return site;
}

/** Takes a package; what becomes of it, the deployment tells. */
async function publish(parts: ScmParts, site: DeclaredSite, context: Context): Promise<string> {
  const zip = Buffer.from(await context.req.arrayBuffer());
  if (zip.byteLength > largestPackage) throw new ScmError(413, "The package is larger than 1 GB.");
  if (zip.subarray(0, 4).toString("latin1") !== "PK\u0003\u0004")
    throw new ScmError(400, "The request body is no zip file.");
  const { store, clock } = parts.tenant;
  const received: Deployment = {
    id: randomUUID(),
    site: site.name.toLowerCase(),
    status: deployStatus.pending,
    text: "",
    deployer: context.req.query("Deployer") ?? "None",
    receivedAt: new Date(clock.now()).toISOString(),
    endedAt: undefined,
    bytes: zip.byteLength,
  };
  openDeployments(store).put(received);
  void release(parts, site, zip, received);
  return received.id;
}

async function release(
  parts: ScmParts,
  site: DeclaredSite,
  zip: Buffer,
  received: Deployment,
): Promise<void> {
  const deployments = openDeployments(parts.tenant.store);
  const end = (status: 3 | 4, text: string): void => {
    // Deleted meanwhile, with its site.
    if (deployments.get(received.id) === undefined) return;
    deployments.put({ ...received, status, text, endedAt: new Date(parts.tenant.clock.now()).toISOString() });
  };
  try {
    await parts.packages.write(site.deployment, zip);
    end(deployStatus.success, "");
    parts.published(received.site);
  } catch (error) {
    const known = error instanceof InaccessibleStorageError;
    end(deployStatus.failed, known ? error.message : `Deployment failed: ${String(error)}`);
  }
}
