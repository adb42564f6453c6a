/** What a request costs of which documented budget (page "Microsoft Graph service-specific throttling limits"). */

/** `identity`: directory objects. `reports`: audit logs and reports. `protection`: Identity Protection, Conditional Access. */
export type BudgetName = "identity" | "reports" | "protection";

/** Units that a request takes out of one budget. */
export interface Charge {
  readonly budget: BudgetName;
  readonly units: number;
}

/** Base costs of reads by path below the version, identifiers replaced by `{id}`; anything else is one unit. */
const readCosts: readonly (readonly [RegExp, number])[] = [
  [/\/(transitivemembers|transitivememberof)(\/|$)/, 5],
  [/^\/domains\/\{id\}\/domainnamereferences/, 4],
  [/^\/groups\/\{id\}\/members/, 3],
  [/^\/(subscribedskus|contracts)/, 3],
  [/^\/(users|groups|applications|serviceprincipals)(\/delta)?$/, 2],
  [/^\/users\/\{id\}\/(licensedetails|memberof|ownedobjects)/, 2],
  [/^\/serviceprincipals\/\{id\}\/approleassignments/, 2],
  [/^\/oauth2permissiongrants/, 2],
];

const guid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** The charge of one GET by its path below the version, query included. */
export function chargeOf(path: string): Charge {
  const [resource = "", query = ""] = path.split("?", 2);
  const pattern = resource
    .toLowerCase()
    .replace(/^\/beta(?=\/)/, "")
    .replace(guid, "{id}")
    .replace(/\(.*?\)$/, "");
  if (/^\/(auditlogs|reports)\//.test(pattern)) return { budget: "reports", units: 1 };
  if (/^\/(identityprotection|identity\/conditionalaccess)\//.test(pattern))
    return { budget: "protection", units: 1 };
  const base = readCosts.find(([known]) => known.test(pattern))?.[1] ?? 1;
  const options = new URLSearchParams(query);
  const fewer = (options.has("$select") ? 1 : 0) + (Number(options.get("$top") ?? Number.NaN) < 20 ? 1 : 0);
  return { budget: "identity", units: Math.max(1, base - fewer + (options.has("$expand") ? 1 : 0)) };
}

/** One charge a budget. */
export function sumOf(charges: Iterable<Charge>): readonly Charge[] {
  const units = new Map<BudgetName, number>();
  for (const charge of charges) units.set(charge.budget, (units.get(charge.budget) ?? 0) + charge.units);
  return [...units].map(([budget, sum]) => ({ budget, units: sum }));
}
