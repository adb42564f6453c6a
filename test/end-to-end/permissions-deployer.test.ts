import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DeployerNeeds, deployerNeeds } from "../../components/permissions/deployer";
import { projectRoot } from "../../infra/local/paths";
import { parseSettings, settingsFromStackFile } from "../../infra/settings";
import { cloudOf, operatorCredential } from "../../scripts/lib/azure/credential";
import { exchangeGroups, Lab, type Said, tenantId } from "../faults/lab";
import { addSecret, deployerClient, grant, makeApp, replicateAtOnce, revoke } from "./permissions/directory";

const subscription = "/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590";

describe("a deployer that holds exactly what permissions deployer says", () => {
  const lab = new Lab();
  const own: { principalId: string; environment: NodeJS.ProcessEnv } = { principalId: "", environment: {} };
  let needs: DeployerNeeds;

  beforeAll(async () => {
    await lab.prepare();
    await replicateAtOnce(lab);
    copyFileSync(join(projectRoot(), "Pulumi.dev.yaml"), join(lab.root, "Pulumi.dev.yaml"));
    needs = needsOf(readFileSync(join(lab.root, "Pulumi.dev.yaml"), "utf8"));
    const client = await deployerClient(lab);
    const app = await makeApp(client, { displayName: "Narrow deployer" });
    await grant(client, app.principalId, ...graphNames(needs));
    for (const { id } of needs.azure) await assignAzureRole(app.principalId, id);
    const secret = await addSecret(client, app, 30);
    own.principalId = app.principalId;
    own.environment = {
      ...lab.environment,
      ARM_CLIENT_ID: app.clientId,
      ARM_CLIENT_SECRET: secret,
      AZURE_CLIENT_ID: app.clientId,
      AZURE_CLIENT_SECRET: secret,
    };
  });
  afterAll(() => lab.remove());

  /** Runs the plain engine as the narrow deployer, then gives the lab its own again. */
  async function deploy(stack: string, verb: "up" | "destroy" = "up"): Promise<Said> {
    const before = lab.environment;
    lab.environment = own.environment;
    try {
      if (verb === "up") await lab.pulumi("stack", "select", "--create", stack);
      return await lab.pulumi(verb, "--yes", "--skip-preview", "--stack", stack);
    } finally {
      lab.environment = before;
    }
  }

  it("deploys the dev stack, and takes it down again", async () => {
    const up = await deploy("dev");
    expect(up.stdout + up.stderr).toContain("created");
    expect(up.code, up.stdout + up.stderr).toBe(0);
    const down = await deploy("dev", "destroy");
    expect(down.code, down.stdout + down.stderr).toBe(0);
  });

  it.each([
    ["AppRoleAssignment.ReadWrite.All", /AppRoleAssignment[\s\S]*(403|Authorization_RequestDenied)/],
    ["RoleManagement.ReadWrite.Directory", /RoleAssignment[\s\S]*(403|Authorization_RequestDenied)/],
    // Who may not look sees only what it owns, and that is no principal of Microsoft's.
    ["Application.Read.All", /no service principal of Microsoft Graph/],
    ["Application.ReadWrite.OwnedBy", /azuread:index:Application[\s\S]*(403|Authorization_RequestDenied)/],
  ] as const)("cannot without %s", async (name, culprit) => {
    const stack = `without-${name.toLowerCase().replaceAll(".", "-")}`;
    lab.writeStack(stack, exchangeGroups);
    await revoke(await deployerClient(lab), own.principalId, name);
    const { code, stdout, stderr } = await deploy(stack);
    await grant(await deployerClient(lab), own.principalId, name);
    expect(code).not.toBe(0);
    expect(`${stdout}\n${stderr}`).toMatch(culprit);
  });

  it("needs no path to Global Administrator where consent is only requested", async () => {
    const [entry] = exchangeGroups["entra-connectors:connectors"] as object[];
    const requesting = {
      ...exchangeGroups,
      "entra-connectors:connectors": [{ ...entry, consent: "request" }],
    };
    lab.writeStack("requesting", requesting);
    const less = graphNames(needsOf(readFileSync(join(lab.root, "Pulumi.requesting.yaml"), "utf8")));
    expect(less).toEqual(["Application.ReadWrite.OwnedBy", "Application.Read.All"]);
    const more = graphNames(needs).filter((name) => !less.includes(name));
    await revoke(await deployerClient(lab), own.principalId, ...more);
    const { code } = await deploy("requesting");
    await grant(await deployerClient(lab), own.principalId, ...more);
    expect(code).toBe(0);
  });
});

function needsOf(stackFile: string): DeployerNeeds {
  return deployerNeeds(
    parseSettings(settingsFromStackFile(stackFile, "stack"), {
      stack: "dev",
      now: new Date(),
      fileReader: () => Buffer.from(""),
    }),
  );
}

function graphNames({ tenants }: DeployerNeeds): readonly string[] {
  return tenants.flatMap((tenant) => tenant.needs.map(({ name }) => name));
}

/** Assigns an Azure role on the subscription, as the lab's deployer. */
async function assignAzureRole(principalId: string, roleId: string): Promise<void> {
  const cloud = await cloudOf("global");
  const token = await operatorCredential(tenantId, cloud).getToken(`${cloud.arm}/.default`);
  const name = roleId.replace(/^.{4}/, "feed");
  const path = `${subscription}/providers/Microsoft.Authorization/roleAssignments/${name}`;
  const answer = await fetch(`${cloud.arm}${path}?api-version=2022-04-01`, {
    method: "PUT",
    headers: { authorization: `Bearer ${token?.token}`, "content-type": "application/json" },
    body: JSON.stringify({
      properties: {
        principalId,
        principalType: "ServicePrincipal",
        roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${roleId}`,
      },
    }),
  });
  if (!answer.ok) throw new Error(await answer.text());
}
