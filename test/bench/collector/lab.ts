/** A tenant of a size in a process of its own, and an application that may read it. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Agent, request } from "undici";
import type { SeedSize } from "../../../infra/local/tenant/core/admin";
import { AdminClient, type Endpoint, startTenant, stopTenant } from "../../../infra/local/tenant/process";

const graphAppId = "00000003-0000-0000-c000-000000000000";
const permissions = ["User.Read.All", "Group.Read.All", "GroupMember.Read.All", "Application.Read.All"];

type Json = Readonly<Record<string, unknown>>;

/** What contestants sign in as. */
export interface Reader {
  readonly clientId: string;
  readonly secret: string;
}

export class BenchTenant {
  private constructor(
    readonly root: string,
    readonly endpoint: Endpoint,
    readonly reader: Reader,
  ) {}

  static async start(seed: SeedSize): Promise<BenchTenant> {
    const root = mkdtempSync(join(tmpdir(), "entra-connectors-bench-"));
    const directory = join(root, "tenant");
    try {
      const { endpoint } = await startTenant({ directory, port: 0, seed, throttling: false, latency: 0 });
      const none = { lists: 0, "token-endpoint": 0, "roles-claim": 0, references: 0 };
      await AdminClient.of(directory).call("PUT", "/delays", none);
      const secret = readFileSync(join(directory, "deployer-secret"), "utf8").trim();
      return new BenchTenant(root, endpoint, await makeReader(endpoint, secret));
    } catch (error) {
      rmSync(root, { recursive: true, force: true });
      throw error;
    }
  }

  get directory(): string {
    return join(this.root, "tenant");
  }

  async conditions(conditions: { readonly throttling: boolean; readonly latency: number }): Promise<void> {
    await AdminClient.of(this.directory).call("PUT", "/conditions", conditions);
  }

  async remove(): Promise<void> {
    await stopTenant({ directory: this.directory });
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** An application with a secret and the permissions to read users and groups, made as the deployer. */
async function makeReader(endpoint: Endpoint, deployerSecret: string): Promise<Reader> {
  const dispatcher = new Agent({ connect: { ca: readFileSync(endpoint.caFile, "utf8") } });
  const call = async (
    path: string,
    options: { token?: string; form?: string; json?: Json },
  ): Promise<Json> => {
    const body = options.form ?? (options.json && JSON.stringify(options.json));
    const reply = await request(`${endpoint.origin}${path}`, {
      dispatcher,
      method: body === undefined ? "GET" : "POST",
      headers: {
        "content-type": options.form ? "application/x-www-form-urlencoded" : "application/json",
        ...(options.token && { authorization: `Bearer ${options.token}` }),
      },
      ...(body !== undefined && { body }),
    });
    const answer = (await reply.body.json()) as Json;
    if (reply.statusCode >= 300) throw new Error(`${reply.statusCode} to ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  try {
    const form = new URLSearchParams({
      client_id: endpoint.deployer.clientId,
      client_secret: deployerSecret,
      grant_type: "client_credentials",
      scope: `${endpoint.origin}/graph/.default`,
    }).toString();
    const signedIn = await call(`/login/${endpoint.tenantId}/oauth2/v2.0/token`, { form });
    const token = String(signedIn.access_token);
    const graph = (path: string, json?: Json) =>
      call(`/graph/v1.0${path}`, { token, ...(json !== undefined && { json }) });
    const application = await graph("/applications", { displayName: "Bench" });
    const password = await graph(`/applications/${application.id}/addPassword`, {
      passwordCredential: { displayName: "bench" },
    });
    const principal = await graph("/servicePrincipals", { appId: application.appId });
    const found = await graph(`/servicePrincipals?$filter=appId eq '${graphAppId}'`);
    const [service] = found.value as { id: string; appRoles: { id: string; value: string }[] }[];
    for (const permission of permissions) {
      const role = service?.appRoles.find(({ value }) => value === permission);
      await graph(`/servicePrincipals/${service?.id}/appRoleAssignedTo`, {
        principalId: principal.id,
        resourceId: service?.id,
        appRoleId: role?.id,
      });
    }
    return { clientId: String(application.appId), secret: String(password.secretText) };
  } finally {
    await dispatcher.close();
  }
}
