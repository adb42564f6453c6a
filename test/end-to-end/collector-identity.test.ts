import { randomUUID } from "node:crypto";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Agent, type Dispatcher, request } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectRoot } from "../../infra/local/paths";
import type { EndpointPermissions } from "../../infra/local/tenant/graph/authorization/endpoint-permissions";
import { endpointPermissions } from "../../infra/local/tenant/graph/authorization/endpoint-permissions.generated";
import { supplement } from "../../infra/local/tenant/graph/authorization/supplement";
import { parseOutputs, type StackOutputs } from "../../infra/outputs";
import { Lab } from "../faults/lab";

/** What the deployed apps' identities can do, tried from outside with their own tokens: their manifest and nothing else. */
describe("the identities of the function apps", () => {
  const lab = new Lab();
  const calls = [...endpointPermissions, ...supplement].filter(({ path }) => !path.includes("?"));
  let agent: Agent;
  let outputs: StackOutputs;

  beforeAll(async () => {
    await lab.prepare();
    copyFileSync(join(projectRoot(), "Pulumi.dev.yaml"), join(lab.root, "Pulumi.dev.yaml"));
    await lab.succeed("up", "--stack", "dev", "--skip-preview");
    await lab.admin("PUT", "/conditions", { throttling: false });
    const ca = readFileSync(lab.environment.NODE_EXTRA_CA_CERTS ?? "", "utf8");
    agent = new Agent({ connect: { ca } });
    const { stdout } = await lab.pulumi("stack", "output", "--json", "--show-secrets", "--stack", "dev");
    outputs = parseOutputs(JSON.parse(stdout));
  });
  afterAll(async () => {
    await agent?.close();
    await lab.remove();
  });

  const origin = (): string => `https://${lab.environment.ARM_METADATA_HOSTNAME}`;
  const app = (mode: string) => {
    const found = outputs.collector?.apps.find((one) => one.mode === mode);
    if (found === undefined) throw new Error(`there is no app of mode ${mode}`);
    return found;
  };
  const connector = (name: string) => {
    const found = outputs.connectors[name];
    if (found === undefined) throw new Error(`there is no connector ${name}`);
    return found;
  };

  async function send(url: string, method: string, token: string, body?: string) {
    const reply = await request(url, {
      dispatcher: agent,
      method: method as Dispatcher.HttpMethod,
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        "x-ms-version": "2023-11-03",
      },
      ...(body !== undefined && { body }),
    });
    return { status: reply.statusCode, text: await reply.body.text() };
  }

  /** A token of the app's managed identity, as the platform gives it to the app. */
  async function identityToken(mode: string, resource: string): Promise<string> {
    const { identityClientId } = app(mode);
    const [principal] = await lab.graph(`/servicePrincipals?$filter=appId eq '${identityClientId}'`);
    const header = randomUUID();
    await lab.admin("PUT", "/identity-hosts", { header, principalIds: [principal?.id] });
    const query = new URLSearchParams({ "api-version": "2019-08-01", resource, client_id: identityClientId });
    const reply = await request(`${origin()}/msi/token?${query}`, {
      dispatcher: agent,
      headers: { "x-identity-header": header },
    });
    return ((await reply.body.json()) as { access_token: string }).access_token;
  }

  /** Signs in to Graph as a connector, with the identity's token for an assertion. */
  async function signInAs(name: string, mode: string) {
    const { clientId, tenantId } = connector(name);
    const form = new URLSearchParams({
      client_id: clientId,
      grant_type: "client_credentials",
      scope: `${origin()}/graph/.default`,
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: await identityToken(mode, "api://AzureADTokenExchange"),
    });
    const reply = await request(`${origin()}/login/${tenantId}/oauth2/v2.0/token`, {
      dispatcher: agent,
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: form.toString(),
    });
    return (await reply.body.json()) as { access_token?: string; error_description?: string };
  }

  /** Calls that none of the roles opens, whatever they are made with; a call may have several rows. */
  function forbidden(roles: ReadonlySet<string>): readonly EndpointPermissions[] {
    const opens = ({
      anyOf,
      properties = {},
      byType = {},
      ownedOnly = [],
      basic = [],
    }: EndpointPermissions) => {
      const sets = [...anyOf, ...Object.values(properties).flat(), ...Object.values(byType).flat()];
      return (
        sets.some((set) => set.every((role) => roles.has(role))) ||
        [...ownedOnly, ...basic].some((role) => roles.has(role))
      );
    };
    const key = ({ method, path }: EndpointPermissions) => `${method} ${path.toLowerCase()}`;
    const open = new Set(calls.filter(opens).map(key));
    return calls.filter((call) => !open.has(key(call)));
  }

  const tried = ({ method, path, versions }: EndpointPermissions, token: string) =>
    send(
      `${origin()}/graph/${versions[0]}${path.replace(/\{[^}]*\}/g, () => randomUUID())}`,
      method,
      token,
      method === "GET" || method === "DELETE" ? undefined : "{}",
    );

  it.each(["Identity Manager Contoso", "Collector Contoso"])(
    "%s: every call that its manifest does not open answers 403",
    async (name) => {
      const { access_token: token = "" } = await signInAs(name, "collect");
      const roles = new Set(
        connector(name).manifest.apis.flatMap(({ roles: all }) => all.map(({ value }) => value)),
      );
      const closed = forbidden(roles);
      expect(closed.length).toBeGreaterThan(50);
      const open: string[] = [];
      for (const call of closed) {
        const { status } = await tried(call, token);
        if (status !== 403) open.push(`${call.method} ${call.path}: ${status}`);
      }
      expect(open).toEqual([]);
      expect((await send(`${origin()}/graph/v1.0/users?$top=1`, "GET", token)).status).toBe(200);
    },
  );

  it("reads nothing of the tenant in its own name", async () => {
    const token = await identityToken("collect", "https://graph.microsoft.com");
    for (const path of ["/users", "/groups", "/applications", "/domains", "/directoryRoles"]) {
      expect((await send(`${origin()}/graph/v1.0${path}`, "GET", token)).status).toBe(403);
    }
  });

  it.each([
    ["Identity Manager Contoso", "provision"],
    ["ConductorOne", "collect"],
  ])("can't sign in as %s from the app of mode %s", async (name, mode) => {
    const { access_token, error_description } = await signInAs(name, mode);
    expect(access_token).toBeUndefined();
    expect(error_description).toMatch(/^AADSTS7\d+/);
  });

  it("uses its own storage and nobody else's, and changes nothing in Azure", async () => {
    const [own, other] = [app("collect"), app("provision")];
    const storage = await identityToken("collect", "https://storage.azure.com");
    const list = (uri: string) => send(`${uri}/data?restype=container&comp=list`, "GET", storage);
    expect((await list(own.storage.blobServiceUri)).status).toBe(200);
    expect((await list(other.storage.blobServiceUri)).status).toBe(403);
    const arm = await identityToken("collect", "https://management.azure.com");
    for (const [method, path] of [
      ["PUT", `${own.siteId}/config/appsettings?api-version=2025-05-01`],
      ["POST", `${own.siteId}/host/default/listKeys?api-version=2025-05-01`],
      ["DELETE", `${own.siteId}?api-version=2025-05-01`],
    ] as const) {
      expect(
        (await send(`${origin()}/arm${path}`, method, arm, method === "DELETE" ? undefined : "{}")).status,
      ).toBe(403);
    }
  });

  it("can't read what the vault keeps for the vendors", async () => {
    const vault = await identityToken("collect", "https://vault.azure.net");
    const { status } = await send(`${outputs.vault?.uri}secrets?api-version=7.5`, "GET", vault);
    expect(status).toBe(403);
  });
});
