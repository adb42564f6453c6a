import { isSecret } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { ClientSecret, type ClientSecretArgs } from "../../components/credentials/client-secret";
import { ofType, record } from "./recorder";
import { resolved, schedule, vault } from "./samples";

const PASSWORD = "azuread:index/applicationPassword:ApplicationPassword";
const SECRET = "azure-native:keyvault:Secret";
const args: ClientSecretArgs = {
  applicationId: "app",
  slug: "sample",
  asOf: "2026-02-01T00:00:00Z",
  ...schedule,
};

function declare(asOf: string, more: Partial<ClientSecretArgs> = {}) {
  let made: ClientSecret | undefined;
  const registrations = record(() => {
    made = new ClientSecret("sample-client-secret", { ...args, asOf, ...more });
  });
  return registrations.then((list) => ({ registrations: list, made: made! }));
}

describe("at several instants", () => {
  it.each([
    ["2026-01-01T00:00:00Z", ["slot-0 generation 0"]],
    ["2026-06-01T00:00:00Z", ["slot-0 generation 0", "slot-1 generation 1"]],
    ["2026-07-01T00:00:00Z", ["slot-1 generation 1"]],
    ["2026-11-01T00:00:00Z", ["slot-0 generation 2", "slot-1 generation 1"]],
  ])("declares on %s exactly %j", async (asOf, expected) => {
    const { registrations } = await declare(asOf);
    const passwords = ofType(registrations, PASSWORD).map(({ name, inputs }) => {
      const { generation } = inputs.rotateWhenChanged as { generation: string };
      return `${name.replace("sample-client-secret-", "")} generation ${generation}`;
    });
    expect(passwords).toEqual(expected);
  });
});

it("gives a key fixed dates that a later run may not move", async () => {
  const { registrations } = await declare("2026-02-01T00:00:00Z");
  const [key] = ofType(registrations, PASSWORD);
  expect(key).toMatchObject({
    name: "sample-client-secret-slot-0",
    parent: "sample-client-secret",
    ignoreChanges: ["startDate", "endDate"],
    additionalSecretOutputs: ["value"],
  });
  expect(key?.inputs).toEqual({
    applicationId: "app",
    displayName: "sample-slot-0-0",
    startDate: "2026-01-01T00:00:00Z",
    endDate: "2026-06-30T00:00:00Z",
    rotateWhenChanged: { generation: "0" },
  });
});

describe("without a vault", () => {
  it("keeps the value as a secret output and says where", async () => {
    const { registrations, made } = await declare("2026-02-01T00:00:00Z");
    expect(ofType(registrations, SECRET)).toEqual([]);
    expect(await isSecret(made.value)).toBe(true);
    expect(await resolved(made.value)).toBe("sample-client-secret-slot-0-value");
    expect(await resolved(made.issued)).toEqual([
      {
        kind: "clientSecret",
        slot: 0,
        current: true,
        displayName: "sample-slot-0-0",
        keyId: "sample-client-secret-slot-0-key",
        startDate: "2026-01-01T00:00:00Z",
        endDate: "2026-06-30T00:00:00Z",
        secretOutput: "sample-client-secret",
      },
    ]);
    expect(await isSecret(made.issued)).toBe(false);
  });
});

describe("with a vault", () => {
  it("writes the current value, encrypted, with the dates of its key", async () => {
    const { registrations, made } = await declare("2026-06-01T00:00:00Z", {
      vault,
      tags: { connector: "sample" },
    });
    const [secret, ...others] = ofType(registrations, SECRET);
    expect(others).toEqual([]);
    expect(secret).toMatchObject({
      name: "sample-client-secret-value",
      parent: "sample-client-secret",
      additionalSecretOutputs: ["properties"],
    });
    expect(secret?.inputs).toEqual({
      resourceGroupName: "connectors",
      vaultName: "kv-contoso",
      secretName: "sample-client-secret",
      properties: {
        value: { secret: "sample-client-secret-slot-1-value" },
        contentType: "client secret",
        attributes: {
          enabled: true,
          notBefore: Date.UTC(2026, 4, 31) / 1000,
          expires: Date.UTC(2026, 10, 27) / 1000,
        },
      },
      tags: { connector: "sample", keySlot: "1" },
    });
    const [current, previous] = await resolved(made.issued);
    expect(current).toMatchObject({
      current: true,
      vaultUri: vault.vaultUri,
      secretName: "sample-client-secret",
    });
    expect(previous).not.toHaveProperty("secretName");
    expect(previous).not.toHaveProperty("secretOutput");
  });

  it("sends no value in clear anywhere", async () => {
    const { registrations } = await declare("2026-06-01T00:00:00Z", { vault });
    const clear = JSON.stringify(registrations, (_, value: unknown) =>
      typeof value === "object" && value !== null && "secret" in value ? "[secret]" : value,
    );
    expect(clear).not.toMatch(/slot-\d-value/);
  });
});
