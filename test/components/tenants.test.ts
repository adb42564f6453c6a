import { afterEach, expect, it, vi } from "vitest";
import { tenants } from "../../infra/tenants";
import { record } from "./recorder";

const cloud = vi.hoisted(() => ({ name: "global" }));
vi.mock("../../components/clouds", () => ({ resolveCloud: async () => cloud }));
afterEach(() => vi.unstubAllEnvs());

const connector = { tenantId: "customer.example", cloud: "global" };

/** Inputs of the provider made for a tenant that the environment is not signed in to. */
async function providerOf(metadataHost: string | undefined) {
  const declared = await record(
    async () => {
      const tenantOf = tenants(metadataHost);
      await Promise.all([tenantOf(connector as never), tenantOf(connector as never)]);
    },
    { entraClient: { tenantId: "own", objectId: "deployer" } },
  );
  expect(declared).toHaveLength(1);
  return declared[0]?.inputs;
}

it("makes one provider for a tenant that the environment is not signed in to", async () => {
  vi.stubEnv("ARM_METADATA_HOSTNAME", undefined);
  expect(await providerOf(undefined)).toMatchObject({ tenantId: "customer.example", environment: "global" });
});

it("hands a configured metadata host on, which such a provider does not read by itself", async () => {
  vi.stubEnv("ARM_METADATA_HOSTNAME", undefined);
  expect(await providerOf("cloud.example")).toMatchObject({ metadataHost: "cloud.example" });
});

it("keeps the environment's metadata host out of the state", async () => {
  vi.stubEnv("ARM_METADATA_HOSTNAME", "127.0.0.1:8443");
  expect(await providerOf("127.0.0.1:8443")).not.toHaveProperty("metadataHost");
});
