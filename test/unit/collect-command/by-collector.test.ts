import { describe, expect, it } from "vitest";
import type { StreamStatus } from "../../../components/collector/function/model/status";
import { checkByCollector } from "../../../scripts/lib/connection/by-collector";
import type { OperatorView } from "../../../scripts/lib/connection/operator-view";
import type { ConnectionReport } from "../../../scripts/lib/connection/report";
import { connectorOutput } from "../scripts/outputs";
import { forbidden, streamStatus } from "./samples";

const connector = connectorOutput();
const subject = { slug: "conductorone", connector };
const blank: ConnectionReport = {
  connector: "conductorone",
  name: "ConductorOne",
  state: "Error",
  consent: "grant",
  credential: "federated",
  requested: 2,
  granted: 0,
  missing: [],
  surplus: [],
  directoryRoles: [],
  probes: [],
};

function check(statuses: readonly StreamStatus[], granted: readonly string[] | undefined = ["a", "u"]) {
  const view: OperatorView = {
    grantedRoleIds: async () => granted && new Set(granted),
    directoryRoleIds: async () => new Set(),
    hasKey: async () => undefined,
  };
  return checkByCollector(subject, blank, view, async () => statuses);
}

describe("a connection that only the collector has", () => {
  it("is Connected when consent is there and its streams run", async () => {
    expect(await check([streamStatus()])).toMatchObject({
      state: "Connected",
      granted: 2,
      probes: [{ capability: "users.read", result: "works" }],
    });
  });

  it("says that nothing ran yet, and how to have it run", async () => {
    expect(await check([streamStatus({ state: "syncing" })])).toMatchObject({
      state: "Not tested",
      next: "Have it run: npm run -s cli -- collect conductorone --deployed",
    });
  });

  it("names what the directory has not granted before what failed for it", async () => {
    const failed = streamStatus({ state: "error", problem: forbidden });
    expect(await check([failed], ["a"])).toMatchObject({
      state: "Not granted",
      problem: "the tenant has not granted User.Read.All (Microsoft Graph).",
    });
  });

  it("gives the run's own words where consent is not the trouble", async () => {
    const failed = streamStatus({ state: "error", problem: { ...forbidden, code: "service-failed" } });
    expect(await check([failed])).toMatchObject({
      state: "Error",
      problem: "users: Microsoft Graph refuses /users. It needs User.Read.All.",
      next: forbidden.next,
    });
  });

  it("finds what nobody asked for, and trusts the runs where the operator may not look", async () => {
    expect((await check([streamStatus()], ["a", "u", "more"])).surplus).toEqual([
      { api: "app role", value: "more" },
    ]);
    expect(await check([streamStatus({ state: "degraded" })], undefined)).toMatchObject({
      state: "Connected",
      granted: 2,
    });
  });
});
