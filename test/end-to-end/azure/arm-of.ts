import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { Agent, fetch } from "undici";
import type { Endpoint } from "../../../infra/local/tenant/core/endpoint";

export interface Answer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  // biome-ignore lint/suspicious/noExplicitAny: bodies are asserted field by field
  readonly body: any;
}

/** A tenant that answers, and its folder. */
export interface Reached {
  readonly endpoint: Endpoint;
  readonly directory: string;
}

/** Resource Manager of a tenant, called as its deployer over TLS. */
export class ArmOf {
  readonly subscription: string;
  readonly dispatcher: Agent;
  readonly #tenant: Reached;

  constructor(tenant: Reached) {
    this.#tenant = tenant;
    this.subscription = `/subscriptions/${tenant.endpoint.subscriptionId}`;
    this.dispatcher = new Agent({ connect: { ca: readFileSync(tenant.endpoint.caFile, "utf8") } });
  }

  get group(): string {
    return `${this.subscription}/resourceGroups/rg`;
  }

  /** The deployer's token for an API. */
  async token(scope: string): Promise<string> {
    const { origin, tenantId, deployer } = this.#tenant.endpoint;
    const { directory } = this.#tenant;
    const body = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: deployer.clientId,
      client_secret: readFileSync(join(directory, "deployer-secret"), "utf8"),
      scope,
    });
    const url = `${origin}/login/${tenantId}/oauth2/v2.0/token`;
    const answer = await fetch(url, { method: "POST", body, dispatcher: this.dispatcher });
    return ((await answer.json()) as { access_token: string }).access_token;
  }

  async call(method: string, path: string, version: string, body?: unknown): Promise<Answer> {
    const { origin } = this.#tenant.endpoint;
    const url = path.startsWith("https:") ? path : `${origin}/arm${path}?api-version=${version}`;
    const answer = await this.fetch(method, url, await this.token(`${origin}/arm/.default`), body);
    return answer;
  }

  async fetch(method: string, url: string, token: string, body?: unknown): Promise<Answer> {
    const answer = await fetch(url, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      dispatcher: this.dispatcher,
    });
    const text = await answer.text();
    const json = answer.headers.get("content-type")?.includes("json") === true;
    return {
      status: answer.status,
      headers: answer.headers,
      body: json && text !== "" ? JSON.parse(text) : text,
    };
  }

  /** PUT, followed until it is done; answers the resource. */
  async make(path: string, version: string, body: unknown): Promise<Answer["body"]> {
    const answer = await this.call("PUT", path, version, body);
    if (answer.status >= 300) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    for (let last = answer; last.status === 202; ) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      last = await this.call("GET", answer.headers.get("location") ?? "", "");
    }
    return (await this.call("GET", path, version)).body;
  }

  async assign(scope: string, roleId: string, principalId: string): Promise<void> {
    const roleDefinitionId = `${this.subscription}/providers/Microsoft.Authorization/roleDefinitions/${roleId}`;
    const path = `${scope}/providers/Microsoft.Authorization/roleAssignments/${crypto.randomUUID()}`;
    const properties = { roleDefinitionId, principalId, principalType: "ServicePrincipal" };
    const { status, body } = await this.call("PUT", path, "2022-04-01", { properties });
    if (status !== 201) throw new Error(JSON.stringify(body));
  }

  /** Steers the tenant. */
  async admin(method: string, path: string, body?: unknown): Promise<Answer["body"]> {
    const { origin } = this.#tenant.endpoint;
    const key = readFileSync(join(this.#tenant.directory, "admin-key"), "utf8");
    const answer = await fetch(`${origin}/admin${path}`, {
      method,
      headers: { "x-admin-key": key },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      dispatcher: this.dispatcher,
    });
    const text = await answer.text();
    return text === "" ? undefined : JSON.parse(text);
  }
}

/** Runs a program beside this file with Node and answers what it printed. */
export async function runProgram(name: string, environment: Record<string, string>): Promise<string> {
  const loader = pathToFileURL(require.resolve("tsx")).href;
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ["--import", loader, join(__dirname, name)], {
    env: { ...process.env, ...environment },
  });
  return stdout;
}
