import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clearStaleLocks } from "../../../scripts/lib/repair/locks";
import { orphanKeysOf } from "../../../scripts/lib/repair/orphan-keys";
import { interruptionOf, repairedState, wasInterrupted } from "../../../scripts/lib/repair/pending";
import { repairText } from "../../../scripts/lib/repair/text";
import type { ExportedState, StateResource } from "../../../scripts/lib/stack/state";
import { removeTornSidecars } from "../../../scripts/lib/stack/torn-files";

const application: StateResource = {
  urn: "urn:pulumi:dev::p::azuread:index/application:Application::conductorone-application",
  type: "azuread:index/application:Application",
  custom: true,
  id: "/applications/1",
  inputs: { tags: ["entra-connectors:dev/conductorone"] },
  outputs: {},
};
const principal: StateResource = {
  urn: "urn:pulumi:dev::p::azuread:index/servicePrincipal:ServicePrincipal::conductorone-principal",
  type: "azuread:index/servicePrincipal:ServicePrincipal",
  custom: true,
  inputs: { clientId: "2" },
  outputs: {},
};

function state(deployment: Partial<ExportedState["deployment"]>): ExportedState {
  const manifest = { time: "2026-11-21T05:00:00Z" };
  return { version: 3, deployment: { manifest, resources: [], pending_operations: [], ...deployment } };
}

describe("what an interruption left in the state", () => {
  it("is nothing after a run that ended well", () => {
    expect(wasInterrupted(interruptionOf(state({ resources: [application] })))).toBe(false);
  });

  it("is creations whose outcome is not known", () => {
    const interruption = interruptionOf(
      state({ pending_operations: [{ resource: principal, type: "creating" }] }),
    );
    expect(interruption.creates).toEqual([principal]);
    expect(interruption.uncertain).toEqual([]);
    expect(interruption.writtenAt).toBe(Date.parse("2026-11-21T05:00:00Z"));
  });

  it("is resources that were being changed, or still wait for deletion, once each", () => {
    const condemned = { ...application, delete: true };
    const { uncertain } = interruptionOf(
      state({
        resources: [application, condemned],
        pending_operations: [
          { resource: application, type: "updating" },
          { resource: principal, type: "deleting" },
        ],
      }),
    );
    expect(uncertain).toEqual([application.urn]);
  });
});

describe("the repaired state", () => {
  it("holds what was found with its id, after all it depends on, and nothing pending", () => {
    const before = state({
      resources: [application],
      pending_operations: [{ resource: principal, type: "creating" }],
    });
    const { deployment } = repairedState(before, [{ resource: principal, id: "/servicePrincipals/3" }]);
    expect(deployment.resources).toEqual([
      application,
      { ...principal, id: "/servicePrincipals/3", outputs: principal.inputs },
    ]);
    expect(deployment.pending_operations).toEqual([]);
    expect(deployment.manifest).toEqual(before.deployment.manifest);
  });
});

describe("orphan keys", () => {
  const key = (keyId: string, displayName: string | null) => ({ keyId, displayName });

  it("are those with our slot's name that the state doesn't hold", () => {
    const keys = [
      key("AA", "conductorone-slot-0-2"),
      key("BB", "conductorone-slot-0-2"),
      key("cc", "conductorone-slot-1-1"),
    ];
    const found = orphanKeysOf(application, keys, new Set(["aa", "cc"]));
    expect(found).toEqual([
      { applicationId: "/applications/1", keyId: "BB", displayName: "conductorone-slot-0-2" },
    ]);
  });

  it("are never somebody else's", () => {
    const keys = [
      key("1", "made by hand"),
      key("2", null),
      key("3", "other-slot-0-1"),
      key("4", "conductorone-slot-7-1"),
    ];
    expect(orphanKeysOf(application, keys, new Set())).toEqual([]);
    const foreign = { ...application, inputs: { tags: ["something"] } };
    expect(orphanKeysOf(foreign, [key("5", "conductorone-slot-0-1")], new Set())).toEqual([]);
  });
});

describe("torn sidecars", () => {
  it("of a stack are removed, whole ones and other stacks' are not", () => {
    const root = mkdtempSync(join(tmpdir(), "entra-connectors-torn-"));
    const folder = join(root, ".pulumi", "stacks", "entra-connectors");
    mkdirSync(folder, { recursive: true });
    const contents = {
      "dev.json": "{}",
      "dev.json.attrs": "",
      "dev.json.bak.attrs": '{"user.cache_control":""}',
      "prod.json.attrs": "",
    };
    for (const [name, content] of Object.entries(contents)) writeFileSync(join(folder, name), content);
    expect(removeTornSidecars(pathToFileURL(root).href, "dev")).toBe(1);
    expect(readdirSync(folder).sort()).toEqual(["dev.json", "dev.json.bak.attrs", "prod.json.attrs"]);
    expect(removeTornSidecars("s3://bucket", "dev")).toBe(0);
    rmSync(root, { recursive: true });
  });
});

describe("stale locks", () => {
  let root = "";
  let folder = "";
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "entra-connectors-locks-"));
    folder = join(root, ".pulumi", "locks", "organization", "entra-connectors", "dev");
    mkdirSync(folder, { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function lock(name: string, content: unknown): string {
    const file = join(folder, name);
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    return file;
  }

  it("are removed when their process ran here and is dead; all others stay", () => {
    const dead = lock("dead.json", { pid: 1, hostname: hostname() });
    const metadata = lock("dead.json.attrs", "{}");
    const alive = lock("alive.json", { pid: 2, hostname: hostname() });
    const elsewhere = lock("elsewhere.json", { pid: 1, hostname: "another-machine" });
    const torn = lock("torn.json", "{");
    const url = pathToFileURL(root).href;
    expect(clearStaleLocks(url, "dev", (pid) => pid === 2)).toBe(1);
    expect([dead, metadata, alive, elsewhere, torn].map((file) => existsSync(file))).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
  });

  it("of another stack or another kind of backend are none of its business", () => {
    lock("dead.json", { pid: 1, hostname: hostname() });
    expect(clearStaleLocks(pathToFileURL(root).href, "prod", () => false)).toBe(0);
    expect(clearStaleLocks("https://api.pulumi.com", "dev", () => false)).toBe(0);
    expect(clearStaleLocks(undefined, "dev", () => false)).toBe(0);
  });
});

it("a repair is told in a sentence", () => {
  const text = repairText({
    locksCleared: 1,
    adopted: [principal.urn],
    cleared: [application.urn],
    keysRemoved: ["conductorone-slot-0-2"],
  });
  expect(text).toBe(
    "The last deployment was interrupted; repaired: cleared 1 stale lock; found again and took over conductorone-principal; " +
      "nothing had come of conductorone-application; removed secrets whose value was lost: conductorone-slot-0-2.",
  );
});
