import { describe, expect, it } from "vitest";
import { AUTONAMED, randomGuid, suffixed, withName } from "../../../components/plugin/serve/autoname";

const seed = new Uint8Array([1, 2, 3]);

describe("autonaming", () => {
  it("keeps a declared name", () => {
    expect(withName(suffixed("vaultName", 24), "kv", {}, { vaultName: "mine" }, seed)).toEqual({
      vaultName: "mine",
    });
  });

  it("makes a name within the limit, the same for the same seed", () => {
    const named = withName(suffixed("vaultName", 24), "a-very-long-name-for-a-vault", {}, {}, seed);
    expect(named.vaultName).toMatch(/^a-very-long-name[0-9a-f]{8}$/);
    expect(named[AUTONAMED]).toBe(true);
    expect(withName(suffixed("vaultName", 24), "a-very-long-name-for-a-vault", {}, {}, seed)).toEqual(named);
  });

  it("keeps the name that a resource has, and makes a new one for its replacement", () => {
    const rule = suffixed("vaultName", 24);
    const first = withName(rule, "kv", {}, {}, seed);
    expect(withName(rule, "kv", first, {}, new Uint8Array([9]))).toEqual(first);
    expect(withName(rule, "kv", {}, {}, new Uint8Array([9]))).not.toEqual(first);
  });

  it("does not keep a declared name that is no longer declared", () => {
    const named = withName(suffixed("vaultName", 24), "kv", { vaultName: "mine" }, {}, seed);
    expect(named.vaultName).not.toBe("mine");
  });

  it("makes GUIDs of version 4, different where there is no seed", () => {
    const first = withName(randomGuid("name"), "r", {}, {}, new Uint8Array());
    expect(first.name).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(withName(randomGuid("name"), "r", {}, {}, new Uint8Array())).not.toEqual(first);
  });
});
