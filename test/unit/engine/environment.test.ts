import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, dirname } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { localEnvironment } from "../../../infra/local/environment";
import { useTemporaryMachine, writeScript } from "./folders";

const endpoint = {
  origin: "https://127.0.0.1:8443",
  metadataHost: "127.0.0.1:8443",
  proxy: "http://127.0.0.1:8444",
  tenantId: "6f2c1d5e-3a4b-4c8d-9e0f-1a2b3c4d5e6f",
  domain: "contoso.example",
  subscriptionId: "0b1f6471-1bf0-4dda-aec3-cb9272f09590",
  caFile: "/tenant/ca.pem",
  pid: process.pid,
  deployer: { clientId: "11111111-2222-4333-8444-555555555555", objectId: "not needed here" },
};

describe("localEnvironment", () => {
  const machine = useTemporaryMachine();

  function prepare(changes: Partial<typeof endpoint> = {}): void {
    mkdirSync(machine.path("local", "tenant"), { recursive: true });
    writeFileSync(
      machine.path("local", "tenant", "endpoint.json"),
      JSON.stringify({ ...endpoint, ...changes }),
    );
    writeFileSync(machine.path("local", "tenant", "deployer-secret"), "a-secret\n");
    const binary = writeScript(machine.path("bin", "pulumi"), "echo v3.300.1");
    writeScript(machine.path("bin", "pulumi-language-nodejs"), "exit 1");
    for (const name of ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"]) {
      vi.stubEnv(name, undefined);
    }
    vi.stubEnv("PATH", `${dirname(binary)}${delimiter}/usr/bin${delimiter}/bin`);
  }

  it("points Pulumi, azuread, azure-native and the Azure SDK at the tenant as its deployer", async () => {
    prepare();
    const { PATH, ...variables } = await localEnvironment();
    expect(PATH?.split(delimiter)[0]).toBe(machine.path("bin"));
    expect(variables).toEqual({
      ARM_TENANT_ID: endpoint.tenantId,
      ARM_CLIENT_ID: endpoint.deployer.clientId,
      ARM_CLIENT_SECRET: "a-secret",
      ARM_SUBSCRIPTION_ID: endpoint.subscriptionId,
      ARM_METADATA_HOSTNAME: "127.0.0.1:8443",
      AZURE_TENANT_ID: endpoint.tenantId,
      AZURE_CLIENT_ID: endpoint.deployer.clientId,
      AZURE_CLIENT_SECRET: "a-secret",
      AZURE_AUTHORITY_HOST: "https://127.0.0.1:8443/login",
      SSL_CERT_FILE: "/tenant/ca.pem",
      NODE_EXTRA_CA_CERTS: "/tenant/ca.pem",
      PULUMI_HOME: machine.path("local", "pulumi-home"),
      PULUMI_BACKEND_URL: `file://${machine.path("local", "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "local",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    });
  });

  it("goes past the proxy that the machine uses for everything else", async () => {
    prepare();
    vi.stubEnv("https_proxy", "http://outbound.contoso.example");
    vi.stubEnv("no_proxy", undefined);
    vi.stubEnv("NO_PROXY", ".contoso.example");
    const { NO_PROXY, no_proxy } = await localEnvironment();
    expect(NO_PROXY).toBe(".contoso.example,127.0.0.1,localhost");
    expect(no_proxy).toBe(NO_PROXY);
  });

  it("says how to start the tenant when it never ran", async () => {
    await expect(localEnvironment()).rejects.toMatchObject({
      message: "The local tenant is not running.",
      next: "Start it with: npm run -s cli -- tenant start",
    });
  });

  it("does not believe the file of a tenant that was killed", async () => {
    prepare({ pid: 2 ** 22 + 1 });
    await expect(localEnvironment()).rejects.toThrow("The local tenant is not running.");
  });
});
