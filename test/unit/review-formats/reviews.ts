/** Reviews that the tests of the formats render: made by the real settings, plan, lock and review. */
import type { Fleet, Review } from "../../../components/permissions/diff/model";
import { reviewOf } from "../../../components/permissions/diff/review";
import { lockOf } from "../../../components/permissions/lock/lock-of";
import type { ConnectorLock, Lock } from "../../../components/permissions/lock/schema";
import { plan } from "../../../components/permissions/plan";
import { parseSettings } from "../../../infra/settings";

const tenantId = "6f2c1d5e-3a4b-4c8d-9e0f-1a2b3c4d5e6f";

/** The lock of a stack with these connector entries, acknowledged or not. */
export function lockFor(...connectors: readonly object[]): Lock {
  const settings = parseSettings(
    { tenantId, connectors: connectors.map((entry) => ({ anchor: "2026-09-01", ...entry })) },
    {
      stack: "test",
      fileReader: () => {
        throw new Error("No file is named in these settings.");
      },
      now: new Date("2026-11-21T00:00:00Z"),
      unacknowledged: "warn",
    },
  );
  return lockOf(plan(settings));
}

export const identityManager = {
  profile: "netwrix-identity-manager",
  name: "Identity Manager",
  access: "read-only",
};
export const readOnly = { profile: "conductorone", name: "ConductorOne", access: "read-only" };
export const readWrite = {
  profile: "conductorone",
  name: "ConductorOne",
  access: "read-write",
  provision: ["accounts", "groups"],
};
export const withExchange = { ...readWrite, exchangeGroups: true };
/** The vendor's printed list, which holds a path to Global Administrator. */
export const documented = { ...readWrite, permissions: "documented" };

/** The review of a change of stacks, given as stack name and lock before and after. */
export function reviewBetween(
  before: Readonly<Record<string, Lock>>,
  after: Readonly<Record<string, Lock>>,
  { stacks = 14, owners = ["@contoso/identity-security"] } = {},
): Review {
  const fleets: [Fleet, Fleet] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const review = reviewOf(
    {
      base: { ref: "origin/main", commit: "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c" },
      head: { ref: "HEAD", commit: "a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4" },
      before: fleets[0],
      after: fleets[1],
      stacks,
      owners,
      label: "permissions-approved",
      files: [],
    },
    () => [],
  );
  return { ...review, files: review.stacks.map(({ stack }) => `infra/permissions/${stack}.json`) };
}

/** Two tenants go from reading to the vendor's whole list; a third loses its Exchange groups; a fourth comes. */
export function dangerousReview(): Review {
  return reviewBetween(
    {
      contoso: lockFor(identityManager, readOnly),
      fabrikam: lockFor(readOnly),
      northwind: lockFor(withExchange),
    },
    {
      contoso: lockFor(identityManager, documented),
      fabrikam: lockFor(documented),
      northwind: lockFor(readWrite),
      tailwind: lockFor(identityManager),
    },
  );
}

/** Nothing but a new product that reads. */
export function harmlessReview(): Review {
  return reviewBetween({ contoso: lockFor(readOnly) }, { contoso: lockFor(readOnly, identityManager) });
}

export function emptyReview(): Review {
  return reviewBetween({}, {});
}

/** Many tenants that differ in name and in what changes. */
export function fleetReview(count: number): Review {
  const readers = lockFor(identityManager, readOnly);
  const writers = lockFor(identityManager, readWrite);
  const exchange = lockFor(identityManager, withExchange);
  const names = Array.from({ length: count }, (_, index) => `tenant-${String(index).padStart(3, "0")}`);
  const stacks = (pick: (index: number) => Lock) =>
    Object.fromEntries(names.map((name, index) => [name, named(pick(index), name)]));
  return reviewBetween(
    stacks(() => readers),
    stacks((index) => (index % 3 === 0 ? exchange : writers)),
    { stacks: count },
  );
}

/** The lock with connectors that carry their tenant's name, as fleets often call them. */
function named(lock: Lock, tenant: string): Lock {
  return { ...lock, connectors: lock.connectors.map((one) => ({ ...one, name: `${one.name} ${tenant}` })) };
}

/** What a person with an eye to the reviewer's browser would call things. */
export const hostileTexts = [
  "<script>window.attacked = true</script>",
  '"><img src=x onerror="window.attacked = true">',
  "</script><script>window.attacked = true</script>",
  "'onmouseover='window.attacked=true",
  "</style><svg onload=window.attacked=true>",
  "[click](https://attacker.example) {0}",
  '=HYPERLINK("https://attacker.example","here")',
] as const;

/** A review in which every text that people choose is one of those. */
export function hostileReview(): Review {
  const connectors = hostileTexts.map((text): ConnectorLock => {
    const [connector] = lockFor(readWrite).connectors;
    if (connector === undefined) throw new Error("A lock of one connector has one.");
    return {
      ...connector,
      name: text,
      appRoles: connector.appRoles.map((role, index) =>
        index === 0 ? { ...role, role: text, api: text, because: [text] } : role,
      ),
      acknowledgements: [{ rule: text, finding: text, setting: text, reason: text, acknowledged: true }],
    };
  });
  const after: Lock = { ...lockFor(readOnly), connectors };
  const [first = ""] = hostileTexts;
  return {
    ...reviewBetween({ contoso: lockFor(readOnly) }, { contoso: after }, { owners: [first] }),
    base: { ref: first, commit: "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c" },
    notes: [{ text: first, places: [{ stack: "contoso", connector: first, tenantId }] }],
  };
}
