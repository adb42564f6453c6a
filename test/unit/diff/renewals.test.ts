import { describe, expect, it } from "vitest";
import { lockOf } from "../../../components/permissions/lock/lock-of";
import type { ConnectorLock } from "../../../components/permissions/lock/schema";
import { plan } from "../../../components/permissions/plan";
import { renewalsOf } from "../../../scripts/lib/review/renewals";
import { connector } from "../permissions/connector";

const now = new Date("2026-11-21T10:00:00Z");

/** A connector with a client secret that is counted like this. */
function counted(anchor: string, lifetimeDays = 180, overlapDays = 30): ConnectorLock {
  const [made] = lockOf(plan({ connectors: [connector()], acknowledgements: [] })).connectors;
  return { ...made!, credentials: [{ kind: "clientSecret", lifetimeDays, overlapDays, anchor }] };
}

const before = counted("2026-09-01T00:00:00Z");
const renewals = (after: ConnectorLock) => renewalsOf(before, after, now).map(({ one }) => one);

describe("a change that renews a credential", () => {
  it("is told with the day until which the old value signs in", () => {
    expect(renewals(counted("2026-06-24T00:00:00Z"))).toEqual([
      expect.stringMatching(/^gets a new client secret .* the one in use signs in until 2026-12-21, /),
    ]);
  });

  it("is told where it leaves no overlap", () => {
    expect(renewals(counted("2026-05-25T00:00:00Z"))).toEqual([
      expect.stringContaining("no value issued so far signs in from then on"),
    ]);
  });

  it("is told where a shorter lifetime brings it about unawares", () => {
    expect(renewals(counted("2026-09-01T00:00:00Z", 60, 10))).toEqual([
      expect.stringContaining("no value issued so far signs in from then on"),
    ]);
  });

  it("is not told of a change that renews nothing", () => {
    expect(renewals(counted("2026-09-05T00:00:00Z"))).toEqual([]);
    expect(renewals(counted("2026-09-01T00:00:00Z", 365, 30))).toEqual([]);
    expect(renewals({ ...before, credentials: [] })).toEqual([]);
  });
});
