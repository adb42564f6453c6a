import { describe, expect, test } from "vitest";
import { parseHostJson } from "../../../infra/local/functions/package/host-json";
import { parseTimeSpan } from "../../../infra/local/functions/package/time-span";
import { expandSettings } from "../../../infra/local/functions/settings/environment";
import { secretUrl } from "../../../infra/local/functions/settings/key-vault-references";

describe("host.json", () => {
  test("has the platform's defaults", () => {
    expect(parseHostJson('{"version":"2.0"}')).toEqual({
      functionTimeout: 1_800_000,
      routePrefix: "api",
      queues: {
        maxPollingInterval: 60_000,
        visibilityTimeout: 0,
        batchSize: 16,
        newBatchThreshold: 8,
        maxDequeueCount: 5,
        messageEncoding: "base64",
      },
    });
  });

  test("says otherwise", () => {
    const host = {
      version: "2.0",
      functionTimeout: "-1",
      extensions: {
        http: { routePrefix: "/v1/" },
        queues: {
          batchSize: 1,
          newBatchThreshold: 0,
          visibilityTimeout: "00:00:30",
          messageEncoding: "none",
        },
      },
    };
    expect(parseHostJson(JSON.stringify(host))).toMatchObject({
      functionTimeout: Number.POSITIVE_INFINITY,
      routePrefix: "v1",
      queues: { batchSize: 1, newBatchThreshold: 0, visibilityTimeout: 30_000, messageEncoding: "none" },
    });
  });

  test("app settings override it", () => {
    const host = JSON.stringify({ version: "2.0", functionTimeout: "00:05:00" });
    const settings = {
      AzureFunctionsJobHost__functionTimeout: "00:00:20",
      AzureFunctionsJobHost__extensions__queues__batchSize: "3",
      AzureWebJobsStorage__clientId: "x",
    };
    expect(parseHostJson(host, settings)).toMatchObject({
      functionTimeout: 20_000,
      queues: { batchSize: 3 },
    });
  });

  test.each([
    "{",
    "{}",
    '{"version":"2.0","functionTimeout":"soon"}',
    '{"version":"2.0","extensions":{"queues":{"batchSize":33}}}',
  ])("%s is refused", (text) => {
    expect(() => parseHostJson(text)).toThrow(/^host\.json is not/);
  });

  test.each([
    ["00:05:00", 300_000],
    ["1.02:03:04", 93_784_000],
    ["00:00:00.25", 250],
    ["5 minutes", undefined],
  ])("time span %s", (text, milliseconds) => {
    expect(parseTimeSpan(text)).toBe(milliseconds);
  });
});

describe("app settings", () => {
  test("Key Vault references, as Microsoft's page writes them", () => {
    const local = (name: string): string | undefined =>
      name === "local" ? "https://127.0.0.1:9443/" : undefined;
    const url = (inner: string): string | undefined => secretUrl(`@Microsoft.KeyVault(${inner})`, local);
    expect(url("SecretUri=https://v.vault.azure.net/secrets/s/")).toBe("https://v.vault.azure.net/secrets/s");
    expect(url("SecretUri=https://v.vault.azure.net/secrets/s/1234")).toBe(
      "https://v.vault.azure.net/secrets/s/1234",
    );
    expect(url("VaultName=v;SecretName=s")).toBe("https://v.vault.azure.net/secrets/s");
    expect(url("VaultName=local;SecretName=s;SecretVersion=2")).toBe("https://127.0.0.1:9443/secrets/s/2");
    expect(url("VaultName=v")).toBeUndefined();
    expect(secretUrl("https://v.vault.azure.net/secrets/s", local)).toBeUndefined();
  });

  test("binding expressions", () => {
    expect(expandSettings("%A%-%B%", { A: "1", B: "2" })).toBe("1-2");
    expect(expandSettings("%A%", {})).toBeUndefined();
    expect(expandSettings("0 */5 * * * *", {})).toBe("0 */5 * * * *");
  });
});
