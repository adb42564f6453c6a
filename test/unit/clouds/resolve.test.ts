import { afterEach, describe, expect, it, vi } from "vitest";
import {
  CloudDiscoveryError,
  cloudByName,
  cloudNames,
  resolveCloud,
  UnknownCloudError,
  withGraphDomain,
} from "../../../components/clouds";

const localMetadata = {
  name: "AzureCloud",
  resourceManager: "https://127.0.0.1:8443/arm/",
  microsoftGraphResourceId: "https://127.0.0.1:8443/graph/",
  portal: "https://portal.azure.com",
  authentication: { loginEndpoint: "https://127.0.0.1:8443/login", audiences: [] },
  suffixes: { keyVaultDns: "vault.azure.net" },
};

function serve(body: unknown, status = 200) {
  const fetchMock = vi.fn(async (_url: string) => new Response(JSON.stringify(body), { status }));
  vi.stubGlobal("fetch", fetchMock);
  return fetchMock;
}

afterEach(() => vi.unstubAllGlobals());

describe("the table", () => {
  it("holds the five clouds, each with absolute https endpoints and no trailing slash", () => {
    expect(cloudNames()).toEqual(["global", "gcc", "gcchigh", "dod", "china21vianet"]);
    for (const name of cloudNames()) {
      const { login, graph, arm, o365Management, exchange, portal } = cloudByName(name);
      for (const url of [login, graph, arm, o365Management, exchange, portal]) {
        expect(url).toMatch(/^https:\/\/[a-z0-9.-]+$/);
      }
    }
  });

  it("separates the government and Chinese clouds from the worldwide one", () => {
    expect(cloudByName("dod")).toMatchObject({
      login: "https://login.microsoftonline.us",
      graph: "https://dod-graph.microsoft.us",
      federatedAudience: "api://AzureADTokenExchangeUSGov",
    });
    expect(cloudByName("china21vianet").keyVaultSuffix).toBe("vault.azure.cn");
    expect(cloudByName("gcc").o365Management).toBe("https://manage-gcc.office.com");
  });

  it("names the clouds there are when asked for another", () => {
    expect(() => cloudByName("germany")).toThrow(UnknownCloudError);
    expect(() => cloudByName("germany")).toThrow(/global, gcc, gcchigh, dod, china21vianet/);
  });
});

describe("a Graph domain", () => {
  it("brings login, scope and all hosts of its cloud along", () => {
    expect(withGraphDomain(cloudByName("global"), "graph.microsoft.us")).toBe(cloudByName("gcchigh"));
    expect(withGraphDomain(cloudByName("global"), "https://DOD-graph.microsoft.us/")).toBe(
      cloudByName("dod"),
    );
  });

  it("leaves a cloud alone that has its Graph there already", () => {
    expect(withGraphDomain(cloudByName("gcc"), "graph.microsoft.com")).toBe(cloudByName("gcc"));
    expect(withGraphDomain(cloudByName("dod"), undefined)).toBe(cloudByName("dod"));
  });

  it.each([
    ["global", "graph.example.org", /No Microsoft cloud has its Graph/],
    ["china21vianet", "graph.microsoft.us", /set `cloud` to gcchigh/],
    ["global", "not a host", /not a host name/],
  ])("is refused: cloud %s with %s", (name, domain, message) => {
    expect(() => withGraphDomain(cloudByName(name), domain)).toThrow(message);
  });
});

describe("a metadata host", () => {
  it("replaces the endpoints and says what client libraries must be told", async () => {
    const fetchMock = serve(localMetadata);
    const cloud = await resolveCloud({ name: "global", metadataHost: "127.0.0.1:8443" });
    expect(fetchMock.mock.calls[0]?.[0]).toBe(
      "https://127.0.0.1:8443/metadata/endpoints?api-version=2022-09-01",
    );
    expect(cloud).toMatchObject({
      name: "global",
      login: "https://127.0.0.1:8443/login",
      graph: "https://127.0.0.1:8443/graph",
      arm: "https://127.0.0.1:8443/arm",
      keyVaultSuffix: "vault.azure.net",
      federatedAudience: "api://AzureADTokenExchange",
      authority: {
        instanceDiscovery: false,
        verifyVaultChallenge: false,
        graphHosts: ["127.0.0.1"],
        ownO365Management: false,
      },
    });
  });

  it("may name a Management Activity API of its own", async () => {
    serve({ ...localMetadata, office365Management: "https://127.0.0.1:8443/office365" });
    expect(await resolveCloud({ name: "global", metadataHost: "127.0.0.1:8443" })).toMatchObject({
      o365Management: "https://127.0.0.1:8443/office365",
      authority: { ownO365Management: true },
    });
  });

  it("trusts Microsoft's own hosts as the table does", async () => {
    serve({
      ...localMetadata,
      microsoftGraphResourceId: "https://graph.microsoft.us",
      authentication: { loginEndpoint: "https://login.microsoftonline.us" },
    });
    const cloud = await resolveCloud({ name: "gcchigh", metadataHost: "management.usgovcloudapi.net" });
    expect(cloud.authority).toEqual(cloudByName("gcchigh").authority);
  });

  it("is not asked when there is none", async () => {
    const fetchMock = serve(localMetadata);
    expect(await resolveCloud({ name: "gcc", metadataHost: "" })).toBe(cloudByName("gcc"));
    expect(fetchMock).not.toHaveBeenCalled();
  });

  it("accepts its own Graph domain and refuses a foreign one", async () => {
    serve(localMetadata);
    const choice = { name: "global", metadataHost: "127.0.0.1:8443" };
    const own = await resolveCloud({ ...choice, graphDomain: "127.0.0.1:8443" });
    expect(own.graph).toBe("https://127.0.0.1:8443/graph");
    await expect(resolveCloud({ ...choice, graphDomain: "graph.microsoft.us" })).rejects.toThrow(
      /Remove `graphDomain`, or unset ARM_METADATA_HOSTNAME/,
    );
  });

  it("says which part of an unusable reply is missing", async () => {
    serve({ ...localMetadata, authentication: {} });
    await expect(resolveCloud({ name: "global", metadataHost: "h:1" })).rejects.toThrow(
      /authentication\.loginEndpoint/,
    );
  });

  it("says what to check when it fails or cannot be reached", async () => {
    serve({}, 503);
    await expect(resolveCloud({ name: "global", metadataHost: "h:1" })).rejects.toThrow(/status 503/);
    vi.unstubAllGlobals();
    const unreachable = resolveCloud({ name: "global", metadataHost: "127.0.0.1:1" });
    await expect(unreachable).rejects.toThrow(CloudDiscoveryError);
    await expect(unreachable).rejects.toThrow(/ARM_METADATA_HOSTNAME/);
  });
});
