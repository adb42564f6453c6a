import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ConnectorManifest, Manifest } from "../../components/permissions/manifest";
import { profileIds } from "../../components/profiles";
import type { ConnectorOutput } from "../../infra/outputs";
import type { ConnectionReport } from "../../scripts/lib/connection/report";
import type { Sheet } from "../../scripts/lib/handover/sheet";
import { Lab, tenantId } from "../faults/lab";
import { coveredProfiles, everyProfile, expectedStates, type Surroundings, setUp } from "./every-profile";
import { GeneratedKey } from "./graph-certificate";

const day = 86_400_000;
const stack = ["--stack", "every"] as const;

interface AppRoleAssignment {
  readonly resourceId: string;
  readonly appRoleId: string;
}

interface RequiredResourceAccess {
  readonly resourceAppId: string;
  readonly resourceAccess: readonly { readonly id: string; readonly type: string }[];
}

describe("a stack with every profile", () => {
  const lab = new Lab();
  let around: Surroundings;
  let deployed: Readonly<Record<string, ConnectorOutput>>;
  let manifest: Manifest;

  beforeAll(async () => {
    await lab.prepare();
    around = await surroundings();
    lab.writeStack("every", everyProfile(around));
    await lab.succeed("up", ...stack, "--skip-preview");
    const { stdout } = await lab.pulumi("stack", "output", "connectors", ...stack, "--json");
    deployed = JSON.parse(stdout);
    manifest = JSON.parse(await lab.succeed("permissions", "manifest", ...stack, "--json"));
  });
  afterAll(() => lab.remove());

  async function surroundings(): Promise<Surroundings> {
    mkdirSync(join(lab.root, "certificates"));
    const certificate = join("certificates", "vendor.pem");
    const { pem } = await GeneratedKey.make("CN=vendor", 300);
    writeFileSync(join(lab.root, certificate), pem);
    const [principal] = await lab.graph("/servicePrincipals?$filter=displayName eq 'Microsoft Graph'");
    const subscriptionId = lab.environment.ARM_SUBSCRIPTION_ID;
    return {
      certificate,
      owner: String(principal?.id),
      azure: { tenantId, subscriptionId, location: "westeurope" },
      yesterday: new Date(Date.now() - day).toISOString().slice(0, 10),
    };
  }

  function connector(name: string): ConnectorOutput {
    const found = deployed[name];
    if (found === undefined) throw new Error(`${name} is not deployed`);
    return found;
  }

  it("leaves no profile out", () => {
    expect([...coveredProfiles(around)].sort()).toEqual([...profileIds].sort());
    expect(Object.keys(deployed).sort()).toEqual(Object.keys(expectedStates(around)).sort());
  });

  it("has nothing to change after it was deployed", async () => {
    const { code, stdout, stderr } = await lab.pulumi("preview", ...stack, "--json");
    expect(stderr).toBe("");
    expect(code).toBe(0);
    const { changeSummary } = JSON.parse(stdout) as { changeSummary: Record<string, number> };
    expect(Object.keys(changeSummary)).toEqual(["same"]);
  });

  it("is in the tenant what the manifest says, role by role", async () => {
    const appIds = new Map(
      (await lab.graph("/servicePrincipals?$select=id,appId")).map(({ id, appId }) => [id, appId]),
    );
    const found = await Promise.all(
      manifest.connectors.map(async (one) => {
        const { applicationObjectId, servicePrincipalId } = connector(one.name);
        const [assignments, roles, registration] = await Promise.all([
          lab.graph(`/servicePrincipals/${servicePrincipalId}/appRoleAssignments`),
          lab.graph(
            `/roleManagement/directory/roleAssignments?$filter=principalId eq '${servicePrincipalId}'`,
          ),
          lab.graph(`/applications?$filter=id eq '${applicationObjectId}'&$select=requiredResourceAccess`),
        ]);
        return {
          name: one.name,
          listed: registration.flatMap((app) => listedRoles(app.requiredResourceAccess)).sort(),
          granted: (assignments as unknown as AppRoleAssignment[])
            .map(({ resourceId, appRoleId }) => `${appIds.get(resourceId)}/${appRoleId}`)
            .sort(),
          directoryRoles: roles.map(({ roleDefinitionId }) => roleDefinitionId).sort(),
        };
      }),
    );
    expect(found).toEqual(manifest.connectors.map(expectedIn));
  });

  it("connects as far as each entry lets it", async () => {
    const { stdout } = await lab.cli("test-connection", ...stack, "--json");
    const reports = JSON.parse(stdout) as ConnectionReport[];
    const wrong = reports.filter(({ name, state }) => state !== expectedStates(around)[name]);
    expect(wrong).toEqual([]);
    expect(reports.flatMap(({ surplus }) => surplus)).toEqual([]);
    const connected = reports.filter(({ state }) => state === "Connected");
    expect(connected.flatMap(({ missing }) => missing)).toEqual([]);
    expect(
      connected.flatMap(({ directoryRoles }) => directoryRoles).filter(({ result }) => result !== "assigned"),
    ).toEqual([]);
    expect(connected.every(({ probes }) => probes.length > 0)).toBe(true);
    const [insufficient, ...others] = reports.filter(({ state }) => state === "Error");
    expect(others).toEqual([]);
    expect(insufficient?.problem).toMatch(
      /^"Read applications, .*" does not work\. The service refuses \(403 /,
    );
    expect(insufficient?.next).toContain("set permissions: minimal");
    const exchange = reports.find(({ name }) => name === "1Secure Exchange");
    expect(exchange?.probes).toMatchObject([{ capability: "activity-feed.read", result: "works" }]);
  });

  it("is handed over, each in its vendor's words and without a secret", async () => {
    const sheets = JSON.parse(await lab.succeed("handover", ...stack, "--json")) as Sheet[];
    expect(sheets.map(({ name }) => name).sort()).toEqual(Object.keys(deployed).sort());
    const text = await lab.succeed("handover", ...stack);
    for (const { name, fields } of sheets) {
      expect(text).toContain(name);
      const { clientId, profile } = connector(name);
      if (profile !== "collector") expect(fields.map(({ value }) => value)).toContain(clientId);
    }
    const secrets = JSON.parse(
      (await lab.pulumi("stack", "output", "secrets", ...stack, "--show-secrets", "--json")).stdout,
    ) as Record<string, string>;
    expect(Object.keys(secrets).length).toBeGreaterThan(10);
    for (const secret of Object.values(secrets)) expect(text).not.toContain(secret);
  });

  it("shows the registration that sets mailbox auditing up in its own right", async () => {
    const [app] = await lab.graph(`/applications?$filter=displayName eq '${setUp}'`);
    expect(app).toMatchObject({
      tags: ["entra-connectors:every/1secure-exchange-mailbox-audit-set-up"],
      notes: expect.stringMatching(/Begun on \d{4}-\d\d-\d\d, to be removed within 7 days/),
      passwordCredentials: [{ keyId: connector(setUp).credentials[0]?.keyId }],
    });
    const [collecting] = await lab.graph("/applications?$filter=displayName eq '1Secure Exchange'");
    expect(collecting?.appId).not.toBe(app?.appId);
  });

  it("carries the words of the settings into the portal", async () => {
    const { applicationObjectId } = connector("Entra for Netwrix Threat Manager");
    const [app] = await lab.graph(`/applications?$filter=id eq '${applicationObjectId}'`);
    expect(app).toMatchObject({
      serviceManagementReference: "CHG-1",
      notes: expect.stringContaining("Ask the security team."),
      tags: expect.arrayContaining(["team:security"]),
    });
    const owners = await lab.graph(`/applications/${applicationObjectId}/owners`);
    expect(owners.map(({ id }) => id)).toContain(around.owner);
    const [grouped] = await lab.graph("/applications?$filter=displayName eq '1Secure Europe'");
    expect(grouped?.tags).toContain("source:europe");
  });

  it("uploads the vendor's certificate as it is and never a key", async () => {
    const [app] = await lab.graph("/applications?$filter=displayName eq '1Secure as printed'");
    const pem = readFileSync(join(lab.root, around.certificate), "utf8");
    const thumbprint = connector("1Secure as printed").manifest.credentials;
    expect(thumbprint).toMatchObject([{ kind: "vendorCertificate", file: around.certificate }]);
    expect(app?.keyCredentials).toHaveLength(1);
    expect(app?.passwordCredentials).toEqual([]);
    expect(pem).not.toContain("PRIVATE KEY");
  });
});

function listedRoles(access: unknown): readonly string[] {
  return (access as readonly RequiredResourceAccess[]).flatMap(({ resourceAppId, resourceAccess }) =>
    resourceAccess.map(({ id, type }) => (type === "Role" ? `${resourceAppId}/${id}` : `${type} ${id}`)),
  );
}

function expectedIn({ name, apis, directoryRoles, consent }: ConnectorManifest) {
  const roles = apis
    .flatMap(({ resourceAppId, roles }) => roles.map(({ id }) => `${resourceAppId}/${id}`))
    .sort();
  const granted = consent === "grant";
  return {
    name,
    listed: roles,
    granted: granted ? roles : [],
    directoryRoles: granted ? directoryRoles.map(({ templateId }) => templateId).sort() : [],
  };
}
