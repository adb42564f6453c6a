import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { holdings } from "../faults/kills";
import { Lab, twoConnectors } from "../faults/lab";

/** The commands a person uses, in the order of a first day. */
describe("the commands on a deployed stack", () => {
  const lab = new Lab();

  beforeAll(async () => {
    await lab.prepare();
    lab.writeStack("first");
  });
  afterAll(() => lab.remove());

  it("says that nothing has been deployed, and how to", async () => {
    const { code, stderr } = await lab.cli("test-connection", "--stack", "first");
    expect(code).toBe(1);
    expect(stderr).toContain("The stack first has not been deployed yet.");
    expect(stderr).toContain("npm run -s cli -- up --stack first");
  });

  it("shows what would change and changes nothing", async () => {
    const shown = JSON.parse(await lab.succeed("up", "--stack", "first", "--preview-only", "--json"));
    expect(shown).toMatchObject({ stack: "first", changes: null, repair: null });
    expect(shown.preview.create).toBeGreaterThan(20);
    expect((await holdings(lab, "first")).applications).toEqual([]);
  });

  it("deploys, and has nothing to do the second time", async () => {
    expect(await lab.succeed("up", "--stack", "first", "--skip-preview")).toMatch(/first: \d+ created in/);
    const again = JSON.parse(await lab.succeed("up", "--stack", "first", "--json"));
    expect(Object.keys(again.changes)).toEqual(["same"]);
  });

  it("connects every product: permissions compared, each capability tried", async () => {
    const reports = JSON.parse(await lab.succeed("test-connection", "--stack", "first", "--json"));
    for (const report of reports) {
      expect(report).toMatchObject({ state: "Connected", missing: [], surplus: [] });
      expect(report.granted).toBe(report.requested);
      const results = report.probes.map(({ result }: { result: string }) => result);
      expect(results.length).toBeGreaterThan(2);
      expect(new Set(results)).toEqual(new Set(["works"]));
    }
  });

  it("tests one connector, by its short name, and suggests one for a misspelt name", async () => {
    const text = await lab.succeed("test-connection", "conductorone", "--stack", "first");
    expect(text).toMatch(/ConductorOne\s+client secret\s+6 of 6\s+7 of 7 work\s+Connected/);
    expect(text).not.toContain("Identity Manager");
    const { code, stderr } = await lab.cli("test-connection", "conductrone", "--stack", "first");
    expect(code).toBe(1);
    expect(stderr).toContain('Did you mean "conductorone"?');
  });

  it("hands over without the secret, and refuses to pipe it", async () => {
    const text = await lab.succeed("handover", "conductorone", "--stack", "first");
    expect(text).toMatch(/Entra tenant ID\s+6f2c1d5e/);
    expect(text).toContain("in the stack's encrypted output: secrets.conductorone-client-secret");
    expect(text).toContain("[ ] Schedule SCIM provisioning");
    const { code, stdout, stderr } = await lab.cli("handover", "--stack", "first", "--reveal");
    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain("on a terminal only");
  });

  it("leaves consent to an administrator where it is requested, and says where", async () => {
    const [, conductorOne] = twoConnectors["entra-connectors:connectors"] as Readonly<
      Record<string, unknown>
    >[];
    lab.writeStack("asking", { "entra-connectors:connectors": [{ ...conductorOne, consent: "request" }] });
    await lab.succeed("up", "--stack", "asking", "--skip-preview");
    const { code, stdout } = await lab.cli("test-connection", "--stack", "asking");
    expect(code).toBe(1);
    expect(stdout).toContain("ConductorOne is not connected: the tenant has not granted");
    expect(stdout).toContain("Granted 0 of 6 permissions · consent: request");
    expect(stdout).toMatch(/adminconsent\?client_id=[0-9a-f-]{36}/);
    expect(stdout).toContain(
      "or set consent: grant (the deployer then needs AppRoleAssignment.ReadWrite.All).",
    );
  });

  it("skips a connector whose collection is off", async () => {
    const [identityManager] = twoConnectors["entra-connectors:connectors"] as Readonly<
      Record<string, unknown>
    >[];
    lab.writeStack("off", { "entra-connectors:connectors": [{ ...identityManager, crawl: false }] });
    await lab.succeed("up", "--stack", "off", "--skip-preview");
    const [report] = JSON.parse(await lab.succeed("test-connection", "--stack", "off", "--json"));
    expect(report.state).toBe("Off");
  });

  it("lists all problems of bad settings at once and makes nothing", async () => {
    lab.writeStack("bad", {
      "entra-connectors:connectors": [
        { name: "One", profile: "conductorone", acess: "read-only" },
        { name: "Two", profile: "conductor" },
      ],
    });
    const { code, stderr } = await lab.cli("up", "--stack", "bad", "--skip-preview");
    expect(code).toBe(1);
    expect(stderr).toContain("Pulumi.bad.yaml has 2 problems");
    expect(stderr).toContain('Did you mean "access"?');
    expect(stderr).toContain("Nothing was changed.");
    expect(stderr).not.toMatch(/^\s+at /m);
    expect((await holdings(lab, "bad")).applications).toEqual([]);
  });
});
