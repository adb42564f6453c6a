import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { stopTenant } from "../../infra/local/tenant/process";
import { exchangeGroups, Lab } from "./lab";

/** One report of `test-connection --json`, as far as these tests look. */
interface Report {
  readonly connector: string;
  readonly state: string;
  readonly problem?: string;
  readonly next?: string;
  readonly missing: readonly { readonly value: string }[];
  readonly probes: readonly { readonly title: string; readonly result: string }[];
}

const minute = 60_000;

describe("test-connection when something is wrong", () => {
  const lab = new Lab();

  beforeAll(async () => {
    await lab.prepare();
    lab.writeStack("faulty");
    await lab.succeed("up", "--stack", "faulty", "--skip-preview");
  });
  afterAll(() => lab.remove());
  afterEach(async () => {
    await lab.clearFaults();
    await lab.admin("POST", "/clock/reset");
  });

  async function test(timeout = "20s"): Promise<{ code: number | null; reports: Report[]; stderr: string }> {
    const args = ["--stack", "faulty", "--timeout", timeout, "--json"];
    const { code, stdout, stderr } = await lab.cli("test-connection", ...args);
    return { code, reports: JSON.parse(stdout) as Report[], stderr };
  }

  it("is connected when nothing is", async () => {
    const { code, reports } = await test("60s");
    expect(reports.map(({ state }) => state)).toEqual(["Connected", "Connected"]);
    expect(code).toBe(0);
  });

  it("waits out a throttling that ends", async () => {
    await lab.fault({
      service: "graph",
      method: "GET",
      path: "^/v1.0/users",
      status: 429,
      retryAfter: "1",
      remaining: 2,
    });
    expect((await test()).code).toBe(0);
  });

  it("says that the service throttles when that goes on, and how long to wait", async () => {
    await lab.fault({
      service: "graph",
      path: "^/v1.0/users",
      status: 429,
      retryAfter: "1",
      code: "TooManyRequests",
    });
    const { code, reports } = await test();
    expect(code).toBe(1);
    expect(reports[0]?.problem).toMatch(/"Read users" does not work\. The service throttles/);
    expect(reports[0]?.next).toContain("Wait 1 s");
  });

  it("says that the service is unavailable", async () => {
    await lab.fault({ service: "graph", path: "^/v1.0/users", status: 503, code: "ServiceUnavailable" });
    const { code, reports } = await test();
    expect(code).toBe(1);
    expect(reports[0]?.problem).toMatch(/"Read users" does not work\. The service is unavailable.*503/);
  });

  it("fails the probe alone that gets no answer, and says what the others showed", async () => {
    await lab.fault({ service: "graph", method: "GET", path: "^/v1.0/users", drop: true });
    const { code, reports } = await test();
    expect(code).toBe(1);
    expect(reports.map(({ state }) => state)).toEqual(["Error", "Error"]);
    for (const report of reports) {
      expect(report.problem).toMatch(/^"Read users" does not work\. \S+ gave no answer\. The connection/);
      expect(report.next).toContain("firewall");
      const results = report.probes.map(({ title, result }) => [title, result]);
      expect(results).toContainEqual(["Read users", "failed"]);
      expect(results.filter(([, result]) => result === "works").length).toBeGreaterThan(1);
    }
  });

  it("names the permission whose consent was revoked, and where to grant it", async () => {
    const [principal] = (await lab.graph("/servicePrincipals?$top=999")).filter(
      (one) => one.displayName === "ConductorOne",
    );
    const assignments = await lab.graph(`/servicePrincipals/${principal?.id}/appRoleAssignments`);
    const userRead = assignments.find(
      ({ appRoleId }) => appRoleId === "df021288-bdef-4463-88db-98f22de89214",
    );
    await lab.deleteFromGraph(`/servicePrincipals/${userRead?.resourceId}/appRoleAssignedTo/${userRead?.id}`);

    const { code, reports } = await test();
    const report = reports.find(({ connector }) => connector === "conductorone");
    expect(code).toBe(1);
    expect(report?.state).toBe("Not granted");
    expect(report?.problem).toBe("the tenant has not granted User.Read.All (Microsoft Graph).");
    expect(report?.next).toMatch(/Granted 5 of 6 permissions · consent: grant/);
    expect(report?.next).toContain("up --refresh");

    await lab.succeed("up", "--stack", "faulty", "--refresh", "--skip-preview");
    expect((await test("60s")).code).toBe(0);
  });

  it("says that a secret has expired", async () => {
    await lab.admin("POST", "/clock/advance", { milliseconds: 400 * 24 * 60 * minute });
    const { code, reports } = await test();
    expect(code).toBe(1);
    expect(reports[0]?.problem).toBe("The client secret has expired.");
    expect(reports[0]?.next).toContain("handover");
  });

  it("says that the tenant is down, and how to start it", async () => {
    await stopTenant();
    const { code, stdout, stderr } = await lab.cli("test-connection", "--stack", "faulty", "--json");
    expect(code).toBe(1);
    expect(stderr).toContain("The local tenant is not running.");
    expect(stderr).toContain("tenant start");
    expect(JSON.parse(stdout)).toHaveProperty("error.message");
    expect(stderr).not.toMatch(/^\s+at /m);
    await lab.restart();
  });
});

describe("up when the deployer may not or the tenant lacks something", () => {
  const lab = new Lab();

  beforeAll(() => lab.prepare());
  afterAll(() => lab.remove());

  it("names RoleManagement.ReadWrite.Directory when a directory role can't be assigned", async () => {
    await lab.revokeFromDeployer("9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8");
    lab.writeStack("role", exchangeGroups);
    const { code, stderr } = await lab.cli("up", "--stack", "role", "--skip-preview");
    expect(code).toBe(1);
    expect(stderr).toContain("it lacks RoleManagement.ReadWrite.Directory");
  });

  it("names AppRoleAssignment.ReadWrite.All when consent can't be granted, and the way without it", async () => {
    await lab.revokeFromDeployer("06b708a9-e830-4db3-a914-8e69da51d44f");
    lab.writeStack("consent");
    const { code, stderr } = await lab.cli("up", "--stack", "consent", "--skip-preview");
    expect(code).toBe(1);
    expect(stderr).toContain("it lacks AppRoleAssignment.ReadWrite.All");
    expect(stderr).toContain("consent: request");
    expect(stderr).toContain("Full log: ");
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it("gives the line that creates a missing first-party principal", async () => {
    const exchange = "00000002-0000-0ff1-ce00-000000000000";
    const filter = encodeURIComponent(`appId eq '${exchange}'`);
    const [principal] = await lab.graph(`/servicePrincipals?$filter=${filter}`);
    await lab.loseServicePrincipal(String(principal?.id));
    lab.writeStack("party", exchangeGroups);
    const { code, stderr } = await lab.cli("up", "--stack", "party", "--skip-preview");
    expect(code).toBe(1);
    expect(stderr).toContain("no service principal of Office 365 Exchange Online");
    expect(stderr).toContain(`az ad sp create --id ${exchange}`);
  });
});
