/**
 * The union rule. Each capability names the least that it needs alone; together, a permission may be unnecessary because
 * the calls it was there for are allowed by another one that must be there anyhow. Nothing wider is ever added.
 */
import { allows, type Call } from "../capabilities/call";
import type { ApiName } from "../catalogue/apis";
import { tierOf } from "../tiers/tier";
import { coversBecause } from "./because";
import { byText, type Covered, type Requirement } from "./requirement";

/** Splits requirements into those to ask for and those that the others cover. */
export function coverRequirements(
  requirements: readonly Requirement[],
  calls: readonly Call[],
): { readonly roles: readonly Requirement[]; readonly covered: readonly Covered[] } {
  const needed = new Set(requirements);
  const dropped: Requirement[] = [];
  for (const candidate of mostDangerousFirst(requirements)) {
    const rest = [...needed].filter((requirement) => requirement !== candidate);
    if (!allAllowed(rest, calls, candidate)) continue;
    needed.delete(candidate);
    dropped.push(candidate);
  }
  const covered = dropped.map((requirement) => ({
    ...requirement,
    by: coverers(requirement, [...needed], calls),
  }));
  return { roles: [...needed].map((requirement) => withCovered(requirement, covered)), covered };
}

/** What reaches furthest is given up first, where the narrower ones together do without it. */
function mostDangerousFirst(requirements: readonly Requirement[]): readonly Requirement[] {
  return [...requirements].sort(byText(({ api, value }) => `${tierOf(api, value).tier} ${value}`));
}

/** True when the remaining permissions allow every call of the API, and the candidate is there for calls at all. */
function allAllowed(rest: readonly Requirement[], calls: readonly Call[], candidate: Requirement): boolean {
  const granted = valuesOf(rest, candidate.api);
  const used = calls.filter((call) => call.api === candidate.api);
  return used.some((call) => mentions(call, candidate.value)) && used.every((call) => allows(granted, call));
}

/** The permissions that now allow the calls which the dropped one was accepted for. */
function coverers(
  dropped: Requirement,
  needed: readonly Requirement[],
  calls: readonly Call[],
): readonly string[] {
  const granted = valuesOf(needed, dropped.api);
  const served = calls.filter((call) => call.api === dropped.api && mentions(call, dropped.value));
  const used = served.flatMap(
    (call) => call.accepts.find((set) => set.every((value) => granted.has(value))) ?? [],
  );
  return [...new Set(used)].sort();
}

function mentions(call: Call, value: string): boolean {
  return call.accepts.some((set) => set.includes(value));
}

function valuesOf(requirements: readonly Requirement[], api: ApiName): ReadonlySet<string> {
  return new Set(requirements.filter((requirement) => requirement.api === api).map(({ value }) => value));
}

/** A permission that covers others says so, so that its reasons are complete. */
function withCovered(requirement: Requirement, covered: readonly Covered[]): Requirement {
  const spared = covered.filter(({ api, by }) => api === requirement.api && by.includes(requirement.value));
  if (spared.length === 0) return requirement;
  const reasons = spared.map(({ value, because }) => coversBecause(value, because));
  return { ...requirement, because: [...requirement.because, ...reasons] };
}
