import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Lab } from "../faults/lab";

const inStack = ["--stack", "mail"] as const;
const setUp = "Exchange Contoso (mailbox audit set-up)";
const entry = {
  name: "Exchange Contoso",
  profile: "netwrix-1secure-exchange-online",
  nonOwnerMailboxAudit: true,
  anchor: "2026-09-01",
};
const acknowledgements = [
  {
    rule: "privileged-directory-role",
    connector: setUp,
    reason: "A test.",
    owner: "tests",
    expires: "2099-12-31",
  },
];

interface Report {
  readonly findings: readonly {
    readonly where: string;
    readonly setting: string;
    readonly change?: { readonly parameters: { readonly Identity: string } };
  }[];
  readonly changes?: readonly { readonly where: string; readonly result: string }[];
  readonly onByDefault: boolean;
  readonly bypasses: number;
}

/** Setting mailbox auditing up, as a person does it in the days after `prepareMailboxAuditing` was switched on. */
describe("mailbox-audit", () => {
  const lab = new Lab();
  /** Somebody with a mailbox. */
  let person: { readonly id: string; readonly name: string };

  beforeAll(async () => {
    await lab.prepare();
    write(entry);
    await lab.succeed("up", ...inStack, "--skip-preview");
  });
  afterAll(() => lab.remove());

  function write(connector: object, acknowledged: readonly object[] = []): void {
    lab.writeStack("mail", {
      "entra-connectors:connectors": [connector],
      "entra-connectors:acknowledgements": acknowledged,
    });
  }

  async function run(exitCode: number, ...args: readonly string[]): Promise<Report> {
    const { code, stdout, stderr } = await lab.cli("mailbox-audit", ...args, ...inStack, "--json");
    if (code !== exitCode) throw new Error(`${args.join(" ")} ended with ${code}:\n${stderr}\n${stdout}`);
    return JSON.parse(stdout) as Report;
  }

  const plant = (collection: string, id: string, values: object): Promise<unknown> =>
    lab.admin("PUT", `/entities/${collection}`, { entities: [{ id, values }] });

  it("says how to get the registration that it needs", async () => {
    const { code, stderr } = await lab.cli("mailbox-audit", "check", ...inStack);
    expect(code).toBe(1);
    expect(stderr).toContain(
      'Add prepareMailboxAuditing: true and prepareMailboxAuditingSince: <today> to "Exchange',
    );
  });

  it("waits for what was granted a moment ago, says for what, and not longer than it may", async () => {
    await lab.admin("PUT", "/delays", { "exchange-roles": 3_600_000, "roles-claim": 3_600_000 });
    const prepareMailboxAuditingSince = new Date().toISOString().slice(0, 10);
    write({ ...entry, prepareMailboxAuditing: true, prepareMailboxAuditingSince }, acknowledgements);
    await lab.succeed("up", ...inStack, "--skip-preview");
    const early = await lab.cli("mailbox-audit", "check", ...inStack, "--timeout", "5s");
    expect(early.code).toBe(1);
    expect(early.stderr).toMatch(/waiting for Exchange\.ManageAsApp of Exchange Contoso .* \(\d s left\)/);
    expect(early.stderr).toContain("let it wait with --timeout 1h");
    await lab.admin("PUT", "/delays", { "roles-claim": 0 });
    const later = lab.cli("mailbox-audit", "check", ...inStack, "--timeout", "1m");
    await new Promise((resolve) => setTimeout(resolve, 8_000));
    await lab.admin("PUT", "/delays", { "exchange-roles": 2_500, "roles-claim": 1_500 });
    const { code, stderr } = await later;
    expect(stderr).toMatch(
      /waiting for Exchange to learn that Exchange Contoso .* is Exchange Administrator/,
    );
    expect(code).toBe(2);
  });

  it("finds nothing in the way of the report where everything is as by default", async () => {
    // The seed leaves a mailbox whose auditing is off.
    const { where, change } = (await run(2, "check")).findings.find(
      (one) => one.setting === "auditing is off",
    )!;
    person = { id: change!.parameters.Identity, name: where };
    for (const name of ["exchangeSettings", "exchangeMailboxes", "exchangeAuditBypass"])
      await lab.admin("DELETE", `/entities/${name}`);
    const text = await lab.succeed("mailbox-audit", "check", ...inStack);
    expect(text).toContain("Access by others than the owner is reported for every mailbox.");
    expect(text).toContain("set prepareMailboxAuditing: false and deploy");
    expect((await run(0, "prepare")).changes).toEqual([]);
  });

  it("finds what hides access, and only that", async () => {
    await plant("exchangeSettings", "organization", { AuditDisabled: true });
    await plant("exchangeMailboxes", person.id, { AuditEnabled: false });
    await plant("exchangeAuditBypass", person.id, { AuditBypassEnabled: true });
    const report = await run(2, "check", "exchange-contoso");
    expect(report).toMatchObject({ onByDefault: false, bypasses: 1 });
    expect(report.findings.map(({ setting }) => setting)).toEqual([
      "mailbox auditing by default is off",
      "audit bypass is on",
      "auditing is off",
    ]);
    expect(report.findings.at(-1)?.where).toBe(person.name);
  });

  it("changes nothing while nobody has said yes", async () => {
    const { code, stderr } = await lab.cli("mailbox-audit", "prepare", ...inStack);
    expect(code).toBe(1);
    expect(stderr).toMatch(/organization\s+switch mailbox auditing on by default/);
    expect(stderr).toContain("Add --yes to change it without a question.");
    expect((await run(2, "check")).findings).toHaveLength(3);
  });

  it("mends it, leaves what is meant, and has nothing to do the second time", async () => {
    const kept = await run(0, "prepare", "--yes", "--keep-bypass");
    expect(kept.changes?.map(({ result }) => result)).toEqual(["changed", "changed"]);
    expect((await run(0, "check", "--keep-bypass")).findings).toHaveLength(1);
    expect((await run(2, "check")).findings.map(({ setting }) => setting)).toEqual(["audit bypass is on"]);
    expect((await run(0, "prepare", "--yes")).changes).toHaveLength(1);
    expect((await run(0, "check")).findings).toEqual([]);
    expect((await run(0, "prepare", "--yes")).changes).toEqual([]);
  });

  it("waits while Exchange is busy", async () => {
    await lab.fault({ service: "exchange", status: 429, retryAfter: "1", remaining: 2 });
    expect((await run(0, "check")).findings).toEqual([]);
    await lab.clearFaults();
  });

  it("tells a missing directory role from a missing app role", async () => {
    const { stdout } = await lab.pulumi("stack", "output", "connectors", ...inStack, "--json");
    const principal: string = JSON.parse(stdout)[setUp].servicePrincipalId;
    const roles = await lab.graph(
      `/roleManagement/directory/roleAssignments?$filter=principalId eq '${principal}'`,
    );
    await lab.deleteFromGraph(`/roleManagement/directory/roleAssignments/${roles[0]?.id}`);
    const withoutRole = await refused("may not run Get-OrganizationConfig (403)");
    expect(withoutRole).toContain("Have the stack assign it: npm run -s cli -- up --refresh");
    const [grant] = await lab.graph(`/servicePrincipals/${principal}/appRoleAssignments`);
    await lab.deleteFromGraph(`/servicePrincipals/${grant?.resourceId}/appRoleAssignedTo/${grant?.id}`);
    expect(await refused("(401)")).toContain("has not granted it the app role Exchange.ManageAsApp");
  });

  /** Runs a check until it is refused in these words: a change takes a moment to arrive. */
  async function refused(words: string): Promise<string> {
    for (let attempt = 0; attempt < 30; attempt += 1) {
      const { code, stderr } = await lab.cli("mailbox-audit", "check", ...inStack);
      if (code === 1 && stderr.includes(words)) return stderr;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
    throw new Error(`It was never refused: ${words}`);
  }
});
