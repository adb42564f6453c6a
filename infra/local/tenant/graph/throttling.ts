/** Microsoft's documented budgets (page "Microsoft Graph service-specific throttling limits"). */
import type { Tenant } from "../core/types";
import type { Directory } from "../directory/open";
import type { Method } from "./authorization/endpoint-permissions";
import { GraphError } from "./errors";

/** What is charged: method, query and caller decide the cost. */
interface Charged {
  readonly method: Method;
  readonly url: URL;
  readonly caller: { readonly clientId: string };
}

/** Charges calls to budgets; throws 429 when one is spent, else gives the throttling headers of the reply. */
export interface Throttle {
  charge(call: Charged, path: string): Readonly<Record<string, string>>;
}

/** Never throttles: for measuring something else. */
export const unlimited: Throttle = { charge: () => ({}) };

interface Budget {
  readonly name: string;
  readonly units: number;
  readonly windowMilliseconds: number;
  /** Shared by all applications of the tenant. */
  readonly tenantWide?: boolean;
  readonly silentRetryAfter?: boolean;
}

const reports: Budget = { name: "Reports/TenantApplication", units: 5, windowMilliseconds: 10_000 };
const protection: Budget = {
  name: "IdentityProtection/Tenant",
  units: 1,
  windowMilliseconds: 1_000,
  tenantWide: true,
  silentRetryAfter: true,
};
const writes: Budget = { name: "Directory/Write", units: 3_000, windowMilliseconds: 150_000 };

/** Token buckets kept in memory, on the tenant's clock: a restarted tenant forgets what was spent. */
export class BudgetThrottle implements Throttle {
  private readonly buckets = new Map<string, { level: number; at: number }>();

  constructor(
    private readonly tenant: Tenant,
    private readonly directory: Directory,
  ) {}

  charge(call: Charged, path: string): Readonly<Record<string, string>> {
    const cost = costOf(call, path);
    const budget = this.budgetOf(path);
    const left = this.take(budget, call, budget === reports || budget === protection ? 1 : cost);
    if (call.method !== "GET" && lookUpCosts[path] === undefined) this.take(writes, call, 1);
    const used = 1 - left / budget.units;
    return {
      "x-ms-resource-unit": String(cost),
      ...(used >= 0.8 && { "x-ms-throttle-limit-percentage": used.toFixed(2) }),
    };
  }

  private budgetOf(path: string): Budget {
    if (/^\/(auditLogs|reports)\//.test(path)) return reports;
    if (/^\/(identityProtection|identity\/conditionalAccess)\//.test(path)) return protection;
    const users = this.directory.users.size;
    const units = users < 50 ? 3_500 : users <= 500 ? 5_000 : 8_000;
    return { name: "Directory/TenantApplication", units, windowMilliseconds: 10_000 };
  }

  /** Takes units out of the bucket and answers what is left; throws 429 with the seconds until enough is there. */
  private take(budget: Budget, call: Charged, units: number): number {
    const key = budget.tenantWide ? budget.name : `${budget.name}/${call.caller.clientId}`;
    const now = this.tenant.clock.now();
    const bucket = this.buckets.get(key) ?? { level: budget.units, at: now };
    const refill = (Math.max(0, now - bucket.at) / budget.windowMilliseconds) * budget.units;
    const level = Math.min(budget.units, bucket.level + refill);
    if (level < units) {
      this.buckets.set(key, { level, at: now });
      const seconds = Math.ceil(((units - level) / budget.units) * (budget.windowMilliseconds / 1000));
      throw tooManyRequests(budget, seconds);
    }
    this.buckets.set(key, { level: level - units, at: now });
    return level - units;
  }
}

function tooManyRequests(budget: Budget, seconds: number): GraphError {
  return new GraphError(429, "TooManyRequests", "Too Many Requests", {
    ...(!budget.silentRetryAfter && { "Retry-After": String(Math.max(1, seconds)) }),
    "x-ms-throttle-scope": budget.tenantWide ? "Tenant/ReadWrite" : "Tenant_Application/ReadWrite",
    "x-ms-throttle-information": budget.name,
  });
}

/** Base cost of reads by path; anything else costs one unit. */
const readCosts: readonly (readonly [RegExp, number])[] = [
  [/^\/groups\/\{id\}\/transitiveMembers$/, 5],
  [/^\/groups\/\{id\}\/members$/, 3],
  [/^\/subscribedSkus$/, 3],
  [/^\/(users|applications|oauth2PermissionGrants)$/, 2],
  [/^\/oauth2PermissionGrants\/\{id\}$/, 2],
  [/^\/servicePrincipals\/\{id\}\/appRoleAssignments$/, 2],
  // Listed for the signed-in user; an application asks the same of any user.
  [/^\/users\/\{id\}\/(licenseDetails|memberOf|ownedObjects|transitiveMemberOf)$/, 2],
];

/** Cost of look-ups that are written as POST. */
const lookUpCosts: Readonly<Record<string, number>> = { "/directoryObjects/getByIds": 5 };

function costOf(call: Charged, path: string): number {
  if (call.method !== "GET") return lookUpCosts[path] ?? 1;
  const base = readCosts.find(([pattern]) => pattern.test(path))?.[1] ?? 1;
  const options = call.url.searchParams;
  const top = Number(options.get("$top") ?? Number.NaN);
  const saved = (options.has("$select") ? 1 : 0) + (top < 20 ? 1 : 0);
  return Math.max(1, base - saved + (options.has("$expand") ? 1 : 0));
}
