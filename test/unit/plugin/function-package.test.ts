import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { cloudByName } from "../../../components/clouds/resolve";
import { functionPackage } from "../../../components/plugin/function-package/function-package";
import { getCollectorPackage } from "../../../components/plugin/function-package/get-collector-package";
import { connectSites, type SiteSession } from "../../../components/plugin/function-package/site-session";
import type { Properties } from "../../../components/plugin/serve/values";
import { Engine } from "./engine";

const TOKEN = "entra-connectors:index:FunctionPackage";
const SITE = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Web/sites/collector";
const HOST = "collector.scm.azurewebsites.net";
const HASH = "a".repeat(64);
const OTHER_HASH = "b".repeat(64);

type Answer = readonly [status: number, body?: unknown] | Error;

interface Asked {
  readonly call: string;
  readonly type: string | null;
  readonly authorization: string | null;
  readonly body: string;
}

/** A deployment site: answers as scripted, each list to its last answer, which stays. */
class Site {
  readonly asked: Asked[] = [];
  publish: Answer[] = [[202, "d-1"]];
  latest: Answer[] = [[404], [200, { id: "d-1", status: 4 }]];

  readonly send = async (url: string, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers);
    const body = init.body === undefined ? "" : Buffer.from(init.body as Uint8Array).toString();
    const call = `${init.method} ${url}`;
    this.asked.push({
      call,
      type: headers.get("content-type"),
      authorization: headers.get("authorization"),
      body,
    });
    const answers = init.method === "POST" ? this.publish : this.latest;
    const answer = answers.length > 1 ? answers.shift()! : answers[0]!;
    if (answer instanceof Error) throw answer;
    const [status, content] = answer;
    const text = content === undefined ? "" : JSON.stringify(content);
    return new Response(text, { status, headers: { "retry-after": "0.01" } });
  };

  published(): Asked[] {
    return this.asked.filter(({ call }) => call.startsWith("POST"));
  }
}

function failed(code: string): Error {
  return new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });
}

describe("FunctionPackage", () => {
  let site: Site;
  let hash: string;
  let builds: (() => void)[];
  let built = 0;
  let engine: Engine;
  const scopes: string[] = [];

  beforeEach(async () => {
    site = new Site();
    hash = HASH;
    builds = [];
    const tokens = async (scope: string) => {
      scopes.push(scope);
      return "a-token";
    };
    const signedIn = async () => ({ cloud: cloudByName("global"), tokens });
    const build = async () => {
      builds.shift()?.();
      built += 1;
      return { zip: Buffer.from("the package"), sha256: hash };
    };
    engine = await Engine.start<SiteSession>({
      name: "entra-connectors",
      version: "0.1.0",
      description: "test",
      configuration: z.object({}),
      resources: [functionPackage],
      functions: [getCollectorPackage],
      connect: async () => connectSites(signedIn, build, site.send),
    });
  });
  afterEach(() => engine.close());

  const inputs: Properties = { scmHost: HOST, sha256: HASH, siteId: SITE };

  it("pushes the package with a token for Azure Resource Manager and waits until it runs", async () => {
    site.latest = [[404], [200, { id: "d-1", status: 1 }], [200, { id: "d-1", status: 4 }]];
    const made = await engine.create(TOKEN, inputs);
    expect(made).toEqual({ id: SITE, outputs: { ...inputs, deploymentId: "d-1" } });
    expect(site.published()).toEqual([
      {
        call: `POST https://${HOST}/api/publish?RemoteBuild=False&Deployer=entra-connectors`,
        type: "application/zip",
        authorization: "Bearer a-token",
        body: "the package",
      },
    ]);
    expect(scopes.at(-1)).toBe("https://management.azure.com/.default");
  });

  it("builds the package once for all apps, and again after a failure", async () => {
    const before = built;
    builds.push(() => {
      throw new Error("The function app does not compile.");
    });
    await expect(engine.create(TOKEN, inputs)).rejects.toThrow(/^The function app does not compile\.$/);
    await engine.create(TOKEN, inputs);
    await engine.create(TOKEN, { ...inputs, siteId: `${SITE}2` });
    expect(built - before).toBe(1);
  });

  it("tells the hash of the package that it then pushes, built once", async () => {
    const before = built;
    const { outputs } = await engine.invoke("entra-connectors:index:getCollectorPackage", {});
    expect(outputs).toEqual({ sha256: HASH });
    expect(site.asked).toEqual([]);
    await engine.create(TOKEN, inputs);
    expect(built - before).toBe(1);
  });

  it("asks nothing at a preview", async () => {
    const planned = await engine.create(TOKEN, inputs, true);
    expect(planned.outputs.deploymentId?.toString()).toContain("unknown");
    expect(site.asked).toEqual([]);
  });

  it("takes 200 without an id, and is not misled by the deployment before", async () => {
    const before = { id: "d-0", status: 4 };
    site.publish = [[200]];
    site.latest = [
      [200, before],
      [200, before],
      [200, { id: "d-1", status: 4 }],
    ];
    const updated = await engine.update(TOKEN, SITE, { ...inputs, deploymentId: "d-0" }, inputs);
    expect(updated.deploymentId).toBe("d-1");
  });

  it("waits for a site that is just being made, is busy or stumbles", async () => {
    site.publish = [failed("ENOTFOUND"), failed("ECONNRESET"), [404], [409], [503], [202, "d-1"]];
    await engine.create(TOKEN, inputs);
    expect(site.published()).toHaveLength(6);
  });

  it("tries again while the identity's role on the storage account is on its way", async () => {
    const reason = "InaccessibleStorageException: Failed to access storage account for deployment.";
    site.publish = [
      [400, reason],
      [202, "d-1"],
      [202, "d-2"],
    ];
    site.latest = [
      [404],
      [404],
      [200, { id: "d-1", status: 3, status_text: "BlobUploadFailed: AuthorizationPermissionMismatch" }],
      [200, { id: "d-1", status: 3 }],
      [200, { id: "d-2", status: 4 }],
    ];
    expect((await engine.create(TOKEN, inputs)).outputs.deploymentId).toBe("d-2");
    expect(site.published()).toHaveLength(3);
  });

  it("says why a deployment failed, and does not repeat what can't be mended so", async () => {
    site.latest = [[404], [200, { id: "d-1", status: 3, status_text: "Package is not a zip." }]];
    await expect(engine.create(TOKEN, inputs)).rejects.toThrow(
      /^The deployment d-1 of the package failed: Package is not a zip\. The app's Deployment Center/,
    );
    expect(site.published()).toHaveLength(1);
  });

  it("says what the deployer lacks when it is refused", async () => {
    site.publish = [[403, { Message: "not you" }]];
    await expect(engine.create(TOKEN, inputs)).rejects.toThrow(
      /answered 403: .*not you.*needs Microsoft\.Web\/sites\/publish\/Action/,
    );
    expect(site.published()).toHaveLength(1);
  });

  it("says so at once when nothing listens there", async () => {
    site.latest = [failed("ECONNREFUSED")];
    await expect(engine.create(TOKEN, inputs)).rejects.toThrow(/can't be reached \(ECONNREFUSED\)/);
    expect(site.asked).toHaveLength(1);
  });

  it("refuses a package of other sources before anything is sent", async () => {
    hash = OTHER_HASH;
    await expect(engine.create(TOKEN, inputs)).rejects.toThrow(/its sources have changed since/);
    expect(site.asked).toEqual([]);
  });

  it("sends no token to a host outside the cloud", async () => {
    const asked = scopes.length;
    const foreign = { ...inputs, scmHost: "collector.scm.azurewebsites.net.evil.example" };
    await expect(engine.create(TOKEN, foreign)).rejects.toThrow(
      /is not in the cloud global, whose sites end/,
    );
    expect(site.asked).toEqual([]);
    expect(scopes).toHaveLength(asked);
  });

  it("changes in place with the hash, and is replaced with the app", async () => {
    const changed = await engine.diff(TOKEN, inputs, { ...inputs, sha256: OTHER_HASH });
    expect(changed).toMatchObject({ changed: true, replaces: [] });
    const moved = await engine.diff(TOKEN, inputs, { ...inputs, siteId: `${SITE}2` });
    expect(moved).toMatchObject({ changed: true, replaces: ["siteId"] });
    expect(await engine.diff(TOKEN, inputs, inputs)).toMatchObject({ changed: false });
  });

  it("sees at a refresh that somebody else has pushed, or that nothing is there", async () => {
    const state = { ...inputs, deploymentId: "d-1" };
    site.latest = [[200, { id: "d-1", status: 4 }]];
    expect((await engine.read(TOKEN, SITE, state, inputs)).inputs).toEqual(inputs);
    site.latest = [[200, { id: "d-2", status: 4 }]];
    const drifted = await engine.read(TOKEN, SITE, state, inputs);
    expect(drifted.inputs.sha256).toBe("deployment d-2 of somebody else");
    expect(await engine.diff(TOKEN, drifted.inputs, inputs)).toMatchObject({ changed: true, replaces: [] });
    site.latest = [[404]];
    expect((await engine.read(TOKEN, SITE, state, inputs)).id).toBe("");
  });

  it("names every input that is wrong", async () => {
    const wrong = { scmHost: `https://${HOST}/`, sha256: "abc", siteId: "collector", generation: "1" };
    const { failures } = await engine.check(TOKEN, wrong);
    expect(failures.map(({ property }) => property).sort()).toEqual([
      "generation",
      "scmHost",
      "sha256",
      "siteId",
    ]);
  });
});
