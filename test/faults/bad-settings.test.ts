import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exchangeGroups, Lab } from "./lab";

/** A problem each, in one stack file. */
const broken = {
  "entra-connectors:tenantId": "not a tenant",
  "entra-connectors:connectors": [
    { name: "A", profile: "netwrix-identity-manger" },
    { name: "B", profile: "netwrix-identity-manager", acess: "read-write" },
    { name: "C", profile: "netwrix-identity-manager", crawl: "yes" },
    { name: "D", profile: "netwrix-identity-manager", cloud: "moon", credentials: ["federatd"] },
    { name: "E", profile: "conductorone", exchangeGroups: true },
    { name: "F", profile: "conductorone", credentials: [{ kind: "clientSecret", lifetimeDays: 730 }] },
    { name: "F", profile: "conductorone" },
  ],
  "entra-connectors:acknowledgements": [{ rule: "tier0-app-role", connector: "F", reason: "x" }],
};

const expected: readonly (string | RegExp)[] = [
  "tenantId",
  /netwrix-identity-manger.*Did you mean "netwrix-identity-manager"/s,
  /connectors\[1\]\.acess\s+unknown setting\. Did you mean "access"/,
  "connectors[2].crawl",
  "connectors[3].cloud",
  "connectors[3].credentials",
  /connectors\[4\]\.exchangeGroups\s+needs access: read-write/,
  "730",
  "connectors[6].name",
  "acknowledgements[0]",
];

describe("settings that can't be deployed", () => {
  const lab = new Lab();
  beforeAll(() => lab.prepare());
  afterAll(() => lab.remove());

  async function ownApplications(): Promise<unknown[]> {
    const all = await lab.graph("/applications?$top=999");
    return all.filter(({ tags }) => JSON.stringify(tags ?? []).includes("entra-connectors:"));
  }

  it("are refused by the plain engine with every problem, without a stack trace, and nothing is made", async () => {
    lab.writeStack("broken", broken);
    await lab.pulumi("stack", "init", "broken");
    const { code, stdout, stderr } = await lab.pulumi("up", "--stack", "broken", "--yes", "--skip-preview");
    const said = `${stdout}\n${stderr}`;
    expect(code).not.toBe(0);
    for (const text of expected) expect(said).toMatch(text);
    expect(said).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
    expect(said).toContain("Nothing was changed.");
    expect(await ownApplications()).toEqual([]);
  });

  it("are refused by our command with exit code 1 and the same text", async () => {
    const { code, stderr } = await lab.cli("up", "--stack", "broken", "--yes");
    expect(code).toBe(1);
    for (const text of expected) expect(stderr).toMatch(text);
    expect(await ownApplications()).toEqual([]);
  });

  it("are refused when an acknowledgement has expired", async () => {
    const [acknowledgement] = exchangeGroups["entra-connectors:acknowledgements"] as object[];
    lab.writeStack("expired", {
      ...exchangeGroups,
      "entra-connectors:acknowledgements": [{ ...acknowledgement, expires: "2020-01-31" }],
    });
    const { code, stderr } = await lab.cli("up", "--stack", "expired", "--yes");
    expect(code).toBe(1);
    expect(stderr).toMatch(/acknowledgements\[0\].*expired/s);
    expect(await ownApplications()).toEqual([]);
  });

  it("are refused when a vendor's certificate comes with its private key", async () => {
    lab.writeStack("key", {
      "entra-connectors:connectors": [
        {
          name: "1Secure",
          profile: "netwrix-1secure-entra-id",
          credentials: [{ kind: "vendorCertificate", file: join(lab.local, "tenant", "server-key.pem") }],
        },
      ],
    });
    const { code, stderr } = await lab.cli("up", "--stack", "key", "--yes");
    expect(code).toBe(1);
    expect(stderr).toMatch(/private key/);
    const key = readFileSync(join(lab.local, "tenant", "server-key.pem"), "utf8").split("\n")[1] ?? "";
    expect(stderr).not.toContain(key);
    expect(await ownApplications()).toEqual([]);
  });
});
