import { spawn } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findRole } from "../../components/permissions/catalogue/find-role";
import { projectRoot } from "../../infra/local/paths";
import { ended, Lab, type Said, tenantId } from "../faults/lab";
import {
  addSecret,
  apiPrincipal,
  deployerClient,
  grant,
  type MadeApp,
  makeApp,
  replicateAtOnce,
  revoke,
} from "./permissions/directory";

/** A report of `permissions audit --json`, as far as these tests look. */
interface Report {
  readonly findings: readonly { readonly rule: string; readonly severity: string; readonly title: string }[];
  readonly registration: { readonly notRead: readonly { readonly needs: string }[] };
}

const graphAppId = "00000003-0000-0000-c000-000000000000";
const role = (value: string) => ({ id: findRole("graph", value).id, type: "Role" });

describe("permissions audit of an application that somebody made by hand", () => {
  const lab = new Lab();
  let legacy: MadeApp;
  let auditor: NodeJS.ProcessEnv;

  beforeAll(async () => {
    await lab.prepare();
    await replicateAtOnce(lab);
    const setUp = await deployerClient(lab);
    const deployer = await ownPrincipal(lab);
    await grant(setUp, deployer, "DelegatedPermissionGrant.ReadWrite.All");
    legacy = await makeLegacyApp(await deployerClient(lab));
    await revoke(setUp, deployer, "DelegatedPermissionGrant.ReadWrite.All");
    auditor = await makeAuditor(lab);
  });
  afterAll(() => lab.remove());

  function audit(...args: readonly string[]): Promise<Said> {
    const script = join(projectRoot(), "scripts", "cli.ts");
    return ended(
      spawn(process.execPath, ["--import", "tsx", script, "permissions", "audit", ...args], {
        cwd: projectRoot(),
        env: { ...auditor, NO_COLOR: "1" },
        stdio: ["ignore", "pipe", "pipe"],
      }),
    );
  }

  async function rules(...args: readonly string[]): Promise<readonly string[]> {
    const { code, stdout, stderr } = await audit("--client-id", legacy.clientId, "--json", ...args);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(code).toBe(2);
    const report = JSON.parse(stdout) as Report;
    expect(report.registration.notRead).toEqual([]);
    return report.findings.map(({ rule, severity }) => `${severity} ${rule}`);
  }

  it("finds by itself what is dangerous", async () => {
    expect(await rules()).toEqual([
      "high tier0-app-role",
      "high tier0-app-role",
      "high privileged-directory-role",
      "high user-owner",
      "high redirect-uri",
      "high delegated-permission",
      "medium requested-not-granted",
      "medium long-credential",
      "medium multi-tenant",
      "medium public-client",
      "medium implicit-grant",
      "low granted-not-requested",
      "low delegated-requested",
    ]);
  });

  it("says against a profile what is too much and too little", async () => {
    const { stdout } = await audit(
      "--client-id",
      legacy.clientId,
      "--profile",
      "conductorone",
      "--access",
      "read-write",
      "--set",
      "provision=[groups]",
      "--json",
    );
    const titles = (JSON.parse(stdout) as Report).findings.map(({ title }) => title);
    expect(titles).toContain(
      "holds Directory.ReadWrite.All of Microsoft Graph (T0), which conductorone does not need",
    );
    expect(titles).toContain("lacks GroupMember.ReadWrite.All of Microsoft Graph, which conductorone needs");
    expect(titles.filter((title) => title.includes("User.Read.All"))).toEqual([]);
  });

  it("writes Markdown and a page for the terminal", async () => {
    const markdown = await audit("--client-id", legacy.clientId, "--format", "markdown");
    expect(markdown.stdout).toMatch(/^### Permission audit of Legacy \\\| sync\n/);
    expect(markdown.stdout).toContain(
      "| 🔴 high | holds Directory.ReadWrite.All of Microsoft Graph (T0, writes) |",
    );
    const terminal = await audit("--client-id", legacy.clientId);
    expect(terminal.stdout).toMatch(/^Legacy \| sync\nclient id/);
    expect(terminal.stdout).toContain("client secret  900 days  registration  0 days");
    for (const line of terminal.stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(110);
  });

  it("has nothing to say about a registration with what its profile needs", async () => {
    const client = await deployerClient(lab);
    const needed = [
      "Application.Read.All",
      "GroupMember.Read.All",
      "RoleManagement.Read.Directory",
      "User.Read.All",
    ];
    const app = await makeApp(client, {
      displayName: "Clean",
      requiredResourceAccess: [{ resourceAppId: graphAppId, resourceAccess: needed.map(role) }],
    });
    await grant(client, app.principalId, ...needed);
    await addSecret(client, app, 90);
    const { code, stdout } = await audit(
      "--client-id",
      app.clientId,
      "--profile",
      "netwrix-identity-manager",
    );
    expect(stdout).toContain("Nothing to say against it.");
    expect(code).toBe(0);
  });

  it("names what a lesser auditor could not read, and goes on", async () => {
    const { ARM_CLIENT_ID, ARM_CLIENT_SECRET } = lab.environment;
    const full = auditor;
    auditor = { ...auditor, ARM_CLIENT_ID, ARM_CLIENT_SECRET };
    const { code, stdout } = await audit("--client-id", legacy.clientId, "--json");
    auditor = full;
    expect(code).toBe(2);
    expect((JSON.parse(stdout) as Report).registration.notRead).toEqual([
      { what: "delegated permissions granted", needs: "Directory.Read.All" },
    ]);
  });

  it.each([
    [["--client-id", "legacy"], "--client-id legacy is not a GUID."],
    [
      ["--client-id", "99999999-0000-4000-8000-000000000000"],
      `The tenant ${tenantId} has no application with the client id 99999999-0000-4000-8000-000000000000.`,
    ],
    [
      ["--client-id", "99999999-0000-4000-8000-000000000000", "--access", "read-write"],
      "--access and --set say how a profile is used, and none is named.",
    ],
    [
      [
        "--client-id",
        "99999999-0000-4000-8000-000000000000",
        "--profile",
        "conductorone",
        "--set",
        "provison=[groups]",
      ],
      'Did you mean "provision"?',
    ],
  ])("refuses %j", async (args, message) => {
    const { code, stdout, stderr } = await audit(...args);
    expect(stderr).toContain(message);
    expect(stdout).toBe("");
    expect(code).toBe(1);
  });

  it("tells an object id from a client id", async () => {
    const { code, stderr } = await audit("--client-id", legacy.objectId);
    expect(code).toBe(1);
    expect(stderr).toContain(`is the object id of "Legacy | sync", not its client id.`);
    expect(stderr).toContain(`--client-id ${legacy.clientId}`);
  });
});

/** Two connectors' worth of rights, clicked together over the years. */
async function makeLegacyApp(client: Awaited<ReturnType<typeof deployerClient>>): Promise<MadeApp> {
  const app = await makeApp(client, {
    displayName: "Legacy | sync",
    signInAudience: "AzureADMultipleOrgs",
    isFallbackPublicClient: true,
    web: {
      redirectUris: ["http://sync.contoso.example/callback"],
      implicitGrantSettings: { enableAccessTokenIssuance: true, enableIdTokenIssuance: false },
    },
    requiredResourceAccess: [
      {
        resourceAppId: graphAppId,
        resourceAccess: [
          role("User.Read.All"),
          role("Directory.ReadWrite.All"),
          role("RoleManagement.ReadWrite.Directory"),
          { id: "e1fe6dd8-ba31-4d61-89e7-88639da4683d", type: "Scope" },
        ],
      },
    ],
  });
  await grant(
    client,
    app.principalId,
    "User.Read.All",
    "Directory.ReadWrite.All",
    "Application.ReadWrite.All",
  );
  await addSecret(client, app, 900);
  const resourceId = await apiPrincipal(client);
  await client.api("/oauth2PermissionGrants").post({
    clientId: app.principalId,
    resourceId,
    consentType: "AllPrincipals",
    scope: "Directory.AccessAsUser.All User.ReadWrite.All",
  });
  const assignments: { value: { principalId: string; roleDefinitionId: string }[] } = await client
    .api("/roleManagement/directory/roleAssignments")
    .get();
  const [administrator] = assignments.value;
  await client
    .api(`/applications/${app.objectId}/owners/$ref`)
    .post({ "@odata.id": `https://graph.microsoft.com/v1.0/directoryObjects/${administrator?.principalId}` });
  await client.api("/roleManagement/directory/roleAssignments").post({
    principalId: app.principalId,
    roleDefinitionId: "62e90394-69f5-4237-9190-012177145e10",
    directoryScopeId: "/",
  });
  return app;
}

/** Somebody who may read, and nothing else: exactly what the command's help asks for. */
async function makeAuditor(lab: Lab): Promise<NodeJS.ProcessEnv> {
  const client = await deployerClient(lab);
  const app = await makeApp(client, { displayName: "Auditor" });
  await grant(
    client,
    app.principalId,
    "Application.Read.All",
    "RoleManagement.Read.Directory",
    "Directory.Read.All",
  );
  const secret = await addSecret(client, app, 30);
  return { ...lab.environment, ARM_CLIENT_ID: app.clientId, ARM_CLIENT_SECRET: secret };
}

async function ownPrincipal(lab: Lab): Promise<string> {
  const filter = encodeURIComponent(`appId eq '${lab.environment.ARM_CLIENT_ID}'`);
  const [own] = await lab.graph(`/servicePrincipals?$filter=${filter}`);
  return String(own?.id);
}
