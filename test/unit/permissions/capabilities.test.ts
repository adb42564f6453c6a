import { describe, expect, test } from "vitest";
import { capabilities } from "../../../components/permissions/capabilities";
import type { Capability } from "../../../components/permissions/capabilities/capability";
import { findDirectoryRole } from "../../../components/permissions/catalogue/directory-role";
import { findRole } from "../../../components/permissions/catalogue/find-role";
import { tenantAllows, tenantKnows } from "./tenant-table";

const graphCalls = (capability: Capability) => capability.calls.filter(({ api }) => api === "graph");
const graphRoles = (capability: Capability) =>
  capability.roles.filter(({ api }) => api === "graph").map(({ value }) => value as string);

describe.each(capabilities.map((capability) => [capability.id, capability] as const))(
  "%s",
  (_, capability) => {
    test("names calls that the tenant's table knows", () => {
      const unknown = graphCalls(capability).filter((call) => !tenantKnows(call));
      expect(unknown.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
    });

    test("asks for roles that suffice for every call", () => {
      const refused = graphCalls(capability).filter((call) => !tenantAllows(graphRoles(capability), call));
      expect(refused.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
    });

    test("asks for no role that could be dropped", () => {
      const roles = graphRoles(capability);
      const superfluous = roles.filter((role) =>
        graphCalls(capability).every((call) =>
          tenantAllows(
            roles.filter((other) => other !== role),
            call,
          ),
        ),
      );
      expect(superfluous).toEqual([]);
    });

    test("accepts nothing for a call that the tenant's table does not accept", () => {
      const wrong = graphCalls(capability).flatMap((call) =>
        call.accepts
          .filter((set) => !tenantAllows(set, call))
          .map((set) => `${call.method} ${call.path}: ${set.join(" + ")}`),
      );
      expect(wrong).toEqual([]);
    });

    test("holds only reading roles when it only reads, Exchange administration being reduced to Global Reader", () => {
      const writing = capability.roles.filter(({ api, value }) => findRole(api, value).effect === "write");
      if (capability.effect === "write") {
        expect(writing.length + capability.directoryRoles.length).toBeGreaterThan(0);
      } else if (writing.length > 0) {
        expect(new Set(writing.map(({ value }) => value))).toEqual(new Set(["Exchange.ManageAsApp"]));
        expect(capability.directoryRoles).toEqual(["Global Reader"]);
      }
    });

    test("names directory roles that exist and gives a reason for every role", () => {
      for (const name of capability.directoryRoles)
        expect(findDirectoryRole(name).templateId).toMatch(/^[0-9a-f-]{36}$/);
      for (const { reason } of capability.roles) expect(reason).toMatch(/^[A-Z].+\.$/);
    });

    test("is probed by one of its own reads, or says why it can't be", () => {
      const { probe } = capability;
      if (probe.kind === "token") {
        expect(probe.note).toMatch(/\.$/);
        return;
      }
      if (probe.api === "office365Management") {
        expect(capability.calls.map(({ path }) => path)).toContain(probe.path.replace("{tenantId}", "{id}"));
        return;
      }
      const [path = ""] = probe.path.split(/[?&]\$(top|select)/);
      expect(probe.expects.some(({ status }) => status === 200)).toBe(true);
      expect(tenantAllows(graphRoles(capability), { ...probeCall(path), version: probe.version })).toBe(true);
    });
  },
);

function probeCall(path: string) {
  return { api: "graph", method: "GET", path, version: "v1.0", accepts: [] } as const;
}

test("ids of capabilities are unique", () => {
  const ids = capabilities.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test("the ids that Microsoft's own data gives for back-end workloads are not used", () => {
  expect(findRole("graph", "User.Create").id).toBe("4240f680-4f73-4082-a766-aa916a2dc9b3");
});
