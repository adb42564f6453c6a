import { describe, expect, it } from "vitest";
import { parseOutputs, StackOutputsError } from "../../../infra/outputs";

const connector = {
  profile: "conductorone",
  tenantId: "contoso.example",
  cloud: "global",
  applicationObjectId: "a",
  clientId: "b",
  servicePrincipalId: "c",
  consent: { mode: "grant", adminConsentUrl: "https://login.example", portalUrl: "https://portal.example" },
  credentials: [
    {
      kind: "clientSecret",
      slot: 0,
      current: true,
      displayName: "conductorone-slot-0-0",
      keyId: "d",
      startDate: "2026-01-01T00:00:00Z",
      endDate: "2026-06-30T00:00:00Z",
      vaultUri: null,
      secretName: null,
      secretOutput: "conductorone-client-secret",
    },
  ],
  manifest: {
    name: "ConductorOne",
    apis: [],
    directoryRoles: [],
    credentials: [],
    capabilities: [],
    needsAcknowledgement: [],
  },
  settings: { access: "read-only", cloud: "global", crawl: true, options: { provision: ["groups"] } },
};
const outputs = {
  connectors: { ConductorOne: connector },
  secrets: { "conductorone-client-secret": "value-of-the-secret" },
  vault: null,
  collector: null,
};

describe("parseOutputs", () => {
  it("takes what the program leaves", () => {
    expect(parseOutputs(outputs)).toEqual(outputs);
  });

  it("takes a vault and a credential that does not expire", () => {
    const credential = {
      ...connector.credentials[0],
      kind: "federated",
      slot: null,
      startDate: null,
      endDate: null,
    };
    const federated = {
      ...outputs,
      connectors: { ConductorOne: { ...connector, credentials: [credential] } },
      vault: { name: "kv", uri: "https://kv.vault.azure.net/" },
    };
    expect(parseOutputs(federated)).toEqual(federated);
  });

  it.each([
    [{}, "connectors, secrets, vault"],
    [undefined, "outputs"],
    [{ ...outputs, connectors: { ConductorOne: { ...connector, manifest: { name: "x" } } } }, "manifest"],
    [{ ...outputs, connectors: { ConductorOne: { ...connector, clientId: 3 } } }, "ConductorOne.clientId"],
  ])("refuses %j, naming %s", (raw, culprit) => {
    expect(() => parseOutputs(raw)).toThrow(StackOutputsError);
    expect(() => parseOutputs(raw)).toThrow(culprit);
  });

  it("never tells a value", () => {
    const broken = { ...outputs, vault: "value-of-the-secret", connectors: "value-of-the-secret" };
    let text = "";
    try {
      parseOutputs(broken);
    } catch (error) {
      text = String(error);
    }
    expect(text).toContain("StackOutputsError");
    expect(text).not.toContain("value-of-the-secret");
  });
});
