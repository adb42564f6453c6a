import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cloudOf, operatorCredential } from "../../scripts/lib/azure/credential";
import { readSecret } from "../../scripts/lib/azure/vault";
import { Lab, tenantId, twoConnectors } from "./lab";

interface Outputs {
  readonly connectors: Readonly<Record<string, { readonly credentials: readonly Credential[] }>>;
  readonly secrets: Readonly<Record<string, string>>;
}

interface Credential {
  readonly vaultUri: string | null;
  readonly secretName: string | null;
}

const azure = {
  "entra-connectors:azure": {
    tenantId,
    subscriptionId: "0b1f6471-1bf0-4dda-aec3-cb9272f09590",
    location: "westeurope",
  },
  "entra-connectors:vault": {},
};

describe("the values of issued secrets", () => {
  const lab = new Lab();
  const said: string[] = [];
  const values: string[] = [];

  beforeAll(async () => {
    await lab.prepare();
    lab.writeStack("open");
    lab.writeStack("vaulted", { ...twoConnectors, ...azure });
    for (const stack of ["open", "vaulted"]) {
      for (const command of ["up", "test-connection", "handover"]) {
        const { code, stdout, stderr } = await lab.cli(command, "--stack", stack, "--debug");
        expect(`${command} ${code}\n${code === 0 ? "" : stderr}`).toBe(`${command} 0\n`);
        said.push(stdout, stderr);
      }
      said.push((await lab.pulumi("stack", "output", "--json", "--stack", stack)).stdout);
      values.push(...(await issuedValues(stack)));
    }
  });
  afterAll(() => lab.remove());

  /** Every value that the stack issued: of its encrypted outputs, and of the vault. */
  async function issuedValues(stack: string): Promise<string[]> {
    const shown = await lab.pulumi("stack", "output", "--json", "--show-secrets", "--stack", stack);
    const { connectors, secrets } = JSON.parse(shown.stdout) as Outputs;
    Object.assign(process.env, lab.environment);
    const cloud = await cloudOf("global");
    const found = Object.values(secrets);
    for (const { vaultUri, secretName } of Object.values(connectors).flatMap((one) => one.credentials)) {
      if (!vaultUri || !secretName) continue;
      found.push(await readSecret({ vaultUri, secretName }, cloud, operatorCredential(tenantId, cloud)));
    }
    return found;
  }

  it("are there to be looked for", () => {
    expect(new Set(values).size).toBeGreaterThanOrEqual(4);
    for (const value of values) expect(value.length).toBeGreaterThan(20);
  });

  it("are in nothing that a command prints", () => {
    expect(values.filter((value) => said.some((text) => text.includes(value)))).toEqual([]);
  });

  it.each([
    ["the stack's state", () => join(lab.local, "state")],
    ["the logs", () => join(lab.local, "logs")],
    ["the engine's home", () => join(lab.local, "pulumi-home")],
    ["temporary files", () => lab.temporary()],
  ])("are not in %s", (_name, folder) => {
    expect(filesWith(folder(), values)).toEqual([]);
  });

  it("are not in what the tenant logs", () => {
    const isLog = (path: string) => /\.(log|ndjson)$/.test(path) && !path.includes("/state/");
    const logs = filesOf(join(lab.local, "tenant")).filter(isLog);
    expect(logs.length).toBeGreaterThan(0);
    expect(logs.filter((path) => holds(path, values))).toEqual([]);
  });
});

function filesWith(folder: string, values: readonly string[]): string[] {
  return filesOf(folder).filter((path) => holds(path, values));
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function holds(path: string, values: readonly string[]): boolean {
  const content = readFileSync(path);
  return values.some((value) => content.includes(value));
}
