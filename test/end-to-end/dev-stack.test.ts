import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ClientSecretCredential } from "@azure/identity";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { projectRoot } from "../../infra/local/paths";
import { Lab } from "../faults/lab";

interface Step {
  readonly op: string;
  readonly urn: string;
}

interface StackFile {
  readonly config: Record<string, unknown> & { "entra-connectors:connectors": Record<string, unknown>[] };
}

const day = 86_400_000;

describe("the dev stack", () => {
  const lab = new Lab();
  beforeAll(async () => {
    await lab.prepare();
    copyFileSync(join(projectRoot(), "Pulumi.dev.yaml"), join(lab.root, "Pulumi.dev.yaml"));
    await lab.succeed("up", "--stack", "dev", "--skip-preview");
  });
  afterAll(() => lab.remove());

  /** The steps of a preview that are not `same`, without the stack itself. */
  async function changes(stack: string): Promise<Step[]> {
    const { code, stdout, stderr } = await lab.pulumi("preview", "--stack", stack, "--json");
    expect(stderr).toBe("");
    expect(code).toBe(0);
    const { steps } = JSON.parse(stdout) as { steps: Step[] };
    return steps.filter(({ op, urn }) => op !== "same" && !urn.includes("pulumi:pulumi:Stack"));
  }

  function edit(stack: string, change: (file: StackFile) => void): void {
    const path = join(lab.root, `Pulumi.${stack}.yaml`);
    const file = parse(readFileSync(path, "utf8")) as StackFile;
    change(file);
    writeFileSync(path, stringify(file));
  }

  async function connection(name: string): Promise<{ clientId: string; tenantId: string }> {
    const { stdout } = await lab.pulumi("stack", "output", "connectors", "--stack", "dev", "--json");
    return JSON.parse(stdout)[name];
  }

  it("connects every connector with exactly the permissions of the manifest", async () => {
    const reports = JSON.parse(await lab.succeed("test-connection", "--stack", "dev", "--json")) as {
      state: string;
      missing: unknown[];
      surplus: unknown[];
    }[];
    expect(reports.map(({ state, missing, surplus }) => ({ state, missing, surplus }))).toEqual([
      { state: "Connected", missing: [], surplus: [] },
      { state: "Connected", missing: [], surplus: [] },
      { state: "Connected", missing: [], surplus: [] },
    ]);
  });

  it("has nothing to change after it was deployed, nor after a refresh", async () => {
    expect(await changes("dev")).toEqual([]);
    expect((await lab.pulumi("refresh", "--stack", "dev", "--yes", "--expect-no-changes")).code).toBe(0);
    expect(await changes("dev")).toEqual([]);
  });

  it("revokes exactly the permission that leaves the settings", async () => {
    const before = await grants("ConductorOne");
    edit("dev", (file) => {
      const [, conductorOne] = file.config["entra-connectors:connectors"];
      Object.assign(conductorOne ?? {}, { resourceChangedEvents: false });
    });
    const planned = await changes("dev");
    const revoked = planned.filter(({ urn }) => urn.includes("appRoleAssignment"));
    expect(revoked.map(({ op }) => op)).toEqual(["delete"]);
    expect(revoked[0]?.urn).toMatch(/auditlog\.read\.all$/i);
    await lab.succeed("up", "--stack", "dev", "--skip-preview");
    const after = await grants("ConductorOne");
    expect(before.filter((id) => !after.includes(id))).toHaveLength(1);
    expect(after.filter((id) => !before.includes(id))).toEqual([]);
    const report = JSON.parse(
      await lab.succeed("test-connection", "conductorone", "--stack", "dev", "--json"),
    );
    expect(report[0].surplus).toEqual([]);
  });

  async function grants(displayName: string): Promise<unknown[]> {
    const { clientId } = await connection(displayName);
    const [principal] = await lab.graph(`/servicePrincipals?$filter=appId eq '${clientId}'`);
    const assignments = await lab.graph(`/servicePrincipals/${principal?.id}/appRoleAssignments`);
    return assignments.map(({ id }) => id);
  }
});

describe("a permission and a secret over time", () => {
  const lab = new Lab();
  const began = Date.now();
  const anchor = new Date(began - day).toISOString();
  beforeAll(async () => {
    await lab.prepare();
    write({});
    await lab.succeed("up", "--stack", "time", "--skip-preview");
  });
  afterAll(() => lab.remove());

  function write(connector: object, asOf?: string): void {
    lab.writeStack("time", {
      "entra-connectors:connectors": [
        {
          name: "ConductorOne",
          profile: "conductorone",
          credentials: [{ kind: "clientSecret", anchor }],
          ...connector,
        },
      ],
      ...(asOf === undefined ? {} : { "entra-connectors:asOf": asOf }),
    });
  }

  async function output<T>(name: string): Promise<T> {
    const { stdout } = await lab.pulumi(
      "stack",
      "output",
      name,
      "--stack",
      "time",
      "--show-secrets",
      "--json",
    );
    return JSON.parse(stdout) as T;
  }

  /** A fresh token with this secret; its `roles`. */
  async function signIn(secret: string): Promise<{ token: string; roles: readonly string[] }> {
    const connectors = await output<Record<string, { clientId: string; tenantId: string }>>("connectors");
    const { clientId = "", tenantId = "" } = connectors.ConductorOne ?? {};
    const credential = new ClientSecretCredential(tenantId, clientId, secret, {
      authorityHost: lab.environment.AZURE_AUTHORITY_HOST ?? "",
      disableInstanceDiscovery: true,
    });
    const { token } = await credential.getToken("https://graph.microsoft.com/.default");
    return { token, roles: (decodeJwt(token).roles ?? []) as string[] };
  }

  async function currentSecret(): Promise<string> {
    const secrets = await output<Record<string, string>>("secrets");
    return Object.values(secrets)[0] ?? "";
  }

  function graph(path: string, token: string): Promise<Response> {
    const root = `https://${lab.environment.ARM_METADATA_HOSTNAME}/graph/v1.0`;
    return fetch(`${root}${path}`, { headers: { authorization: `Bearer ${token}` } });
  }

  it("answers 403 to a fresh token once a permission was removed", async () => {
    const secret = await currentSecret();
    await expect
      .poll(async () => (await signIn(secret)).roles, { timeout: 20_000 })
      .toContain("AuditLog.Read.All");
    const before = await signIn(secret);
    expect((await graph("/auditLogs/directoryAudits?$top=1", before.token)).status).toBe(200);
    write({ resourceChangedEvents: false });
    await lab.succeed("up", "--stack", "time", "--skip-preview");
    await expect
      .poll(async () => (await signIn(secret)).roles, { timeout: 20_000 })
      .not.toContain("AuditLog.Read.All");
    const after = await signIn(secret);
    expect((await graph("/auditLogs/directoryAudits?$top=1", after.token)).status).toBe(403);
    expect((await graph("/users?$top=1", after.token)).status).toBe(200);
  });

  it("lets the old and the new secret sign in during the overlap, and only the new one after it", async () => {
    const old = await currentSecret();
    const overlap = await moveTo(began + 155 * day);
    await lab.succeed("up", "--stack", "time", "--skip-preview");
    const renewed = await currentSecret();
    expect(renewed).not.toBe(old);
    await expect
      .poll(
        () =>
          signIn(renewed).then(
            () => true,
            () => false,
          ),
        { timeout: 20_000 },
      )
      .toBe(true);
    await expect(signIn(old)).resolves.toBeDefined();
    expect(await secretsOf("time")).toBe(2);

    await moveTo(began + 200 * day);
    await expect(signIn(old)).rejects.toThrow(/AADSTS7000222/);
    await expect(signIn(renewed)).resolves.toBeDefined();
    await lab.succeed("up", "--stack", "time", "--skip-preview");
    expect(await secretsOf("time")).toBe(1);
    expect(overlap < new Date(began + 200 * day).toISOString()).toBe(true);
  });

  /** Moves the tenant's clock and the moment that the stack is planned for. */
  async function moveTo(instant: number): Promise<string> {
    await lab.admin("POST", "/clock/reset");
    await lab.admin("POST", "/clock/advance", { milliseconds: instant - Date.now() });
    const asOf = new Date(instant).toISOString();
    write({ resourceChangedEvents: false }, asOf);
    return asOf;
  }

  async function secretsOf(stack: string): Promise<number> {
    const { stdout } = await lab.pulumi("stack", "export", "--stack", stack);
    const { deployment } = JSON.parse(stdout) as { deployment: { resources: { type: string }[] } };
    return deployment.resources.filter(({ type }) => type.includes("applicationPassword")).length;
  }
});
