import { spawn } from "node:child_process";
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { join } from "node:path";
import { ClientSecretCredential } from "@azure/identity";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectRoot } from "../../infra/local/paths";
import type { StackOutputs } from "../../infra/outputs";
import { ended, Lab, tenantId } from "../faults/lab";
import { holdsPrivateKey } from "./private-keys";

const day = 86_400_000;
const name = "Collector Contoso";
const subscriptionId = "0b1f6471-1bf0-4dda-aec3-cb9272f09590";
/** What the product gives its function app on a certificate: the role's definition and what it is assigned on. */
const roles = [
  ["12338af0-0e69-4776-bea7-57ae8d297424", "keys"],
  ["21090545-7ca7-4776-b22c-e363652d74d2", "certificates"],
] as const;

/** A connector whose certificate the vault makes and keeps, over the time of two generations. */
describe("a certificate in the vault over time", () => {
  const lab = new Lab();
  const began = Date.now();
  let now = began;
  const [slot0, slot1] = ["collector-contoso-slot-0", "collector-contoso-slot-1"] as const;
  const identity = { clientId: "", principalId: "", header: randomUUID() };
  const assigned = new Set<string>();

  beforeAll(async () => {
    await lab.prepare();
    write();
    await lab.succeed("up", "--stack", "keys", "--skip-preview");
    const group = `/subscriptions/${subscriptionId}/resourceGroups/rg-signer`;
    await arm("PUT", group, "2024-03-01", { location: "westeurope" });
    const path = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/signer`;
    const { properties } = await arm("PUT", path, "2023-01-31", { location: "westeurope" });
    Object.assign(identity, properties);
    await lab.admin("PUT", "/identity-hosts", {
      header: identity.header,
      principalIds: [identity.principalId],
    });
  });
  afterAll(() => lab.remove());

  function write(asOf?: string): void {
    const anchor = new Date(began - day).toISOString();
    lab.writeStack("keys", {
      "entra-connectors:azure": { tenantId, subscriptionId, location: "westeurope" },
      "entra-connectors:vault": {},
      "entra-connectors:connectors": [
        {
          name,
          profile: "collector",
          collect: ["users"],
          credentials: [{ kind: "certificate", lifetimeDays: 90, overlapDays: 20, anchor }],
        },
      ],
      ...(asOf === undefined ? {} : { "entra-connectors:asOf": asOf }),
    });
  }

  /** Moves the tenant's clock and the moment that the stack is planned for. */
  async function moveTo(instant: number): Promise<void> {
    now = instant;
    await lab.admin("POST", "/clock/reset");
    await lab.admin("POST", "/clock/advance", { milliseconds: instant - Date.now() });
    write(new Date(instant).toISOString());
  }

  /** A token of the deployer. */
  async function token(scope: string): Promise<string> {
    const { ARM_CLIENT_ID = "", ARM_CLIENT_SECRET = "", AZURE_AUTHORITY_HOST = "" } = lab.environment;
    const deployer = new ClientSecretCredential(tenantId, ARM_CLIENT_ID, ARM_CLIENT_SECRET, {
      authorityHost: AZURE_AUTHORITY_HOST,
      disableInstanceDiscovery: true,
    });
    return (await deployer.getToken(scope)).token;
  }

  async function call(url: string, method: string, bearer: string, body?: object) {
    const headers = { authorization: `Bearer ${bearer}`, "content-type": "application/json" };
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    const response = await fetch(url, init);
    return { status: response.status, text: await response.text() };
  }

  async function arm(method: string, path: string, version: string, body?: object) {
    const root = `https://${lab.environment.ARM_METADATA_HOSTNAME}/arm`;
    const bearer = await token(`${root}/.default`);
    const { status, text } = await call(`${root}${path}?api-version=${version}`, method, bearer, body);
    if (status >= 300) throw new Error(`${method} ${path} answered ${status}: ${text}`);
    return JSON.parse(text) as { readonly properties: object };
  }

  /** As the deployer, who may read secrets and certificates. */
  async function fromVault(path: string) {
    const { vault } = await outputs();
    const bearer = await token("https://vault.azure.net/.default");
    return call(`${vault?.uri}${path}?api-version=7.4`, "GET", bearer);
  }

  async function outputs(): Promise<StackOutputs> {
    const { stdout } = await lab.pulumi("stack", "output", "--stack", "keys", "--show-secrets", "--json");
    return JSON.parse(stdout) as StackOutputs;
  }

  /** Lets the identity sign by one certificate, as the product does for its function app. */
  async function letSign(certificate: string): Promise<void> {
    if (assigned.has(certificate)) return;
    assigned.add(certificate);
    const { resources } = await state();
    const vaultId = resources.find(({ type }) => type === "azure-native:keyvault:Vault")?.id;
    for (const [role, kind] of roles) {
      const path = `${vaultId}/${kind}/${certificate}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`;
      const roleDefinitionId = `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
      const { principalId } = identity;
      const properties = { roleDefinitionId, principalId, principalType: "ServicePrincipal" };
      await arm("PUT", path, "2022-04-01", { properties });
    }
  }

  interface State {
    readonly text: string;
    readonly resources: readonly { readonly type: string; readonly id?: string }[];
  }

  /** The stack's state with its secrets in clear. */
  async function state(): Promise<State> {
    const { stdout } = await lab.pulumi("stack", "export", "--stack", "keys", "--show-secrets");
    const { deployment } = JSON.parse(stdout) as { deployment: Pick<State, "resources"> };
    return { text: stdout, resources: deployment.resources };
  }

  /** Signs in as the connector by what a fresh instance of the function app makes. @returns the roles, or the refusal */
  async function signIn(certificate: string): Promise<readonly string[] | string> {
    await letSign(certificate);
    const { vault, connectors } = await outputs();
    const { clientId = "" } = connectors[name] ?? {};
    const login = `https://${lab.environment.ARM_METADATA_HOSTNAME}/login`;
    const subject = { vaultUri: vault?.uri, certificateName: certificate, login, tenantId, clientId };
    const child = spawn(
      join(projectRoot(), "node_modules", ".bin", "tsx"),
      [join(projectRoot(), "test/end-to-end/vault-assertion-process.ts")],
      {
        stdio: ["ignore", "pipe", "pipe"],
        env: {
          PATH: process.env.PATH,
          NODE_EXTRA_CA_CERTS: lab.environment.NODE_EXTRA_CA_CERTS,
          IDENTITY_ENDPOINT: `https://${lab.environment.ARM_METADATA_HOSTNAME}/msi/token`,
          IDENTITY_HEADER: identity.header,
          ASSERTION_TASK: JSON.stringify({ subject, identityClientId: identity.clientId, now }),
        },
      },
    );
    const { stdout, stderr } = await ended(child);
    if (stdout === "") throw new Error(stderr);
    const { assertion, refusal } = JSON.parse(stdout) as { assertion?: string; refusal?: string };
    if (assertion === undefined) return refusal ?? "";
    const response = await fetch(`${login}/${tenantId}/oauth2/v2.0/token`, {
      method: "POST",
      body: new URLSearchParams({
        client_id: clientId,
        grant_type: "client_credentials",
        scope: "https://graph.microsoft.com/.default",
        client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        client_assertion: assertion,
      }),
    });
    const answer = (await response.json()) as { access_token?: string; error_description?: string };
    if (answer.access_token === undefined) return answer.error_description ?? "";
    return (decodeJwt(answer.access_token).roles ?? []) as readonly string[];
  }

  const expectSignIn = (certificate: string) =>
    expect.poll(() => signIn(certificate), { timeout: 30_000, interval: 500 }).toContain("User.Read.All");

  /** Keys that the registration trusts, and those that the stack names. */
  async function keys() {
    const credentials = (await outputs()).connectors[name]?.credentials ?? [];
    const { clientId } = (await outputs()).connectors[name] ?? {};
    const [application] = await lab.graph(`/applications?$filter=appId eq '${clientId}'`);
    const held = (application?.keyCredentials ?? []) as readonly { readonly keyId: string }[];
    return {
      names: credentials.map(({ secretName, current }) => `${secretName}${current ? " (current)" : ""}`),
      declared: credentials.map(({ keyId }) => keyId).sort(),
      held: held.map(({ keyId }) => keyId).sort(),
    };
  }

  /** Neither the state, secrets in clear, nor the outputs, nor the vault's answers hold a private key. */
  async function expectNoKeyOutside(...certificates: readonly string[]): Promise<void> {
    const { text } = await state();
    expect(text).toContain("BEGIN CERTIFICATE");
    expect(holdsPrivateKey(text)).toBe(false);
    const shown = await outputs();
    expect(shown.secrets).toEqual({});
    expect(holdsPrivateKey(JSON.stringify(shown))).toBe(false);
    for (const certificate of certificates) {
      // PKCS #12 without its key on Azure; the local vault makes none.
      expect(holdsPrivateKey((await fromVault(`secrets/${certificate}`)).text)).toBe(false);
      const policy = JSON.parse((await fromVault(`certificates/${certificate}`)).text).policy;
      expect(policy.key_props).toMatchObject({ exportable: false, reuse_key: false });
    }
  }

  it("would be noticed if a private key lay anywhere in clear", () => {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    for (const format of ["pem", "der", "jwk"] as const) {
      const shown = privateKey.export({ format, type: "pkcs8" } as { format: "pem"; type: "pkcs8" });
      const text = Buffer.isBuffer(shown) ? shown.toString("base64") : JSON.stringify(shown);
      expect(holdsPrivateKey(`{"value":${JSON.stringify(text)}}`)).toBe(true);
    }
    expect(holdsPrivateKey(publicKey.export({ format: "pem", type: "spki" }).toString())).toBe(false);
  });

  it("signs in by a key that nobody sees", async () => {
    expect((await keys()).names).toEqual([`${slot0} (current)`]);
    await expectSignIn(slot0);
    await expectNoKeyOutside(slot0);
  });

  it("lets the old and the new one sign in during the overlap, both registered", async () => {
    const before = await keys();
    await moveTo(began + 75 * day);
    await lab.succeed("up", "--stack", "keys", "--skip-preview");
    const { names, declared, held } = await keys();
    expect(names).toEqual([`${slot1} (current)`, slot0]);
    expect(held).toEqual(declared);
    expect(held).toHaveLength(2);
    expect(held).toEqual(expect.arrayContaining([...before.held]));
    await expectSignIn(slot1);
    await expectSignIn(slot0);
    await expectNoKeyOutside(slot0, slot1);
    const again = JSON.parse(await lab.succeed("up", "--stack", "keys", "--skip-preview", "--json"));
    expect(Object.keys(again.changes)).toEqual(["same"]);
  });

  it("refuses the old one after its end, and the next deployment takes it away", async () => {
    const before = await keys();
    await moveTo(began + 100 * day);
    expect(await signIn(slot0)).toMatch(/^AADSTS700027: .*expired/);
    await expectSignIn(slot1);
    await lab.succeed("up", "--stack", "keys", "--skip-preview");
    const { names, declared, held } = await keys();
    expect(names).toEqual([`${slot1} (current)`]);
    expect(held).toEqual(declared);
    expect(held).toHaveLength(1);
    expect(before.held).toEqual(expect.arrayContaining([...held]));
    expect((await fromVault(`certificates/${slot0}`)).status).toBe(404);
    expect(await signIn(slot0)).toMatch(/^The vault answered 404 /);
    await expectSignIn(slot1);
    await expectNoKeyOutside(slot1);
  });
});
