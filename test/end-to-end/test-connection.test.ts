import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { holdings } from "../faults/kills";
import { Lab, twoConnectors } from "../faults/lab";
import { Secrets } from "./secret-sign-in";

/** The two connectors, begun so lately that no rotation is due or under way. */
function begunYesterday(): Readonly<Record<string, unknown>> {
  const anchor = new Date(Date.now() - 86_400_000).toISOString();
  const connectors = twoConnectors["entra-connectors:connectors"] as readonly object[];
  const credentials = [{ kind: "clientSecret", anchor }];
  return { "entra-connectors:connectors": connectors.map((one) => ({ ...one, credentials })) };
}

/** The commands a person uses, in the order of a first day. */
describe("the commands on a deployed stack", () => {
  const lab = new Lab();

  beforeAll(async () => {
    await lab.prepare();
    lab.writeStack("first", begunYesterday());
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

  describe("rotate", () => {
    const secrets = new Secrets(lab, "first");
    const value = "conductorone-client-secret";
    const stackFile = () => readFileSync(join(lab.root, "Pulumi.first.yaml"), "utf8");
    const rotate = (...args: readonly string[]) =>
      lab.succeed("rotate", "conductorone", "--stack", "first", ...args);
    let first = "";
    let second = "";

    it("says what would happen, and writes nothing", async () => {
      first = await secrets.current(value);
      const before = stackFile();
      const text = await rotate("--dry-run");
      expect(text).toMatch(/in use now +slot 0, .*\n +new +slot 1, /);
      expect(text).toMatch(/both sign in until \d{4}-\d\d-\d\d/);
      expect(text).toContain('"Entra client secret" of ConductorOne');
      expect(stackFile()).toBe(before);
    });

    it("changes one line of the stack file; after the deployment old and new both sign in", async () => {
      const before = stackFile().split("\n");
      const plan = JSON.parse(await rotate("--json"));
      const [renewal] = plan.credentials;
      const changed = stackFile()
        .split("\n")
        .flatMap((line, index) => (line === before[index] ? [] : [index + 1]));
      expect(changed).toEqual([renewal.change.line]);
      expect(plan).toMatchObject({ written: true, deployment: null, compromised: false });
      const others = (await secrets.keys("Identity Manager Contoso")).held;

      const done = JSON.parse(await lab.succeed("up", "--stack", "first", "--skip-preview", "--json"));
      expect(done.changes).toEqual({ create: 1, same: expect.any(Number) });
      second = await secrets.current(value);
      expect(second).not.toBe(first);
      await secrets.expectSignIn("ConductorOne", second, true);
      await secrets.expectSignIn("ConductorOne", first, true);
      const { declared, held } = await secrets.keys("ConductorOne");
      expect(held).toEqual(declared);
      expect(held).toHaveLength(2);
      const [entry] = JSON.parse(
        await lab.succeed("credentials", "conductorone", "--stack", "first", "--json"),
      );
      expect(entry).toMatchObject({ todo: "paste", oldValueUntil: renewal.bothUntil });
      expect((await secrets.keys("Identity Manager Contoso")).held).toEqual(others);

      const again = JSON.parse(await lab.succeed("up", "--stack", "first", "--skip-preview", "--json"));
      expect(Object.keys(again.changes)).toEqual(["same"]);
    });

    it("asks before a second rotation within the overlap, because it takes a valid value away", async () => {
      const before = stackFile();
      const { code, stderr } = await lab.cli("rotate", "conductorone", "--stack", "first");
      expect(code).toBe(1);
      expect(stderr).toContain("also ends an older client secret of ConductorOne");
      expect(stackFile()).toBe(before);
    });

    it("with --compromised --up refuses every value issued so far, at once", async () => {
      const refused = await lab.cli("rotate", "conductorone", "--stack", "first", "--compromised");
      expect(refused.code).toBe(1);
      expect(refused.stderr).toContain("stops signing in");
      const text = await rotate("--compromised", "--up", "--yes");
      expect(text).toContain("no overlap: every value issued so far ends with the deployment");
      const third = await secrets.current(value);
      await secrets.expectSignIn("ConductorOne", third, true);
      await secrets.expectSignIn("ConductorOne", first, false);
      await secrets.expectSignIn("ConductorOne", second, false);
      const { declared, held } = await secrets.keys("ConductorOne");
      expect(held).toEqual(declared);
      expect(held).toHaveLength(1);
      const again = JSON.parse(await lab.succeed("up", "--stack", "first", "--skip-preview", "--json"));
      expect(Object.keys(again.changes)).toEqual(["same"]);
    });
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
