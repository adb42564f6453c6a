import { globalAdministrator } from "../facts/role-holders";
import type { Metric } from "../metric";
import type { Records } from "../records";

type Policy = Records["conditionalAccessPolicy"];

export const adminSignInFrequency: Metric = {
  id: "admin-sign-in-frequency",
  title: "No policy on administrators' sign-in frequency",
  what: "Whether a Conditional Access policy that is on and always applies makes Global Administrators sign in again after some hours, in every application.",
  why: "A token that is stolen from an administrator's computer opens the tenant until it ends, by default for months.",
  remediation:
    "Make a Conditional Access policy for directory roles and all resources, without conditions, with the session control Sign-in frequency; switch persistent browser sessions off in it.",
  severity: "medium",
  origin: "netwrix-1secure",
  fields: [
    "conditionalAccessPolicy.state",
    "conditionalAccessPolicy.conditions",
    "conditionalAccessPolicy.sessionControls.signInFrequency",
  ],
  needs: ["conditionalAccessPolicy"],
  thresholds: ["adminSignInHours"],
  begin: ({ evidence, thresholds }) => {
    const found = evidence();
    let fitting = 0;
    return {
      on: {
        conditionalAccessPolicy: (policy) => {
          const lacks = lacking(policy, thresholds.adminSignInHours);
          if (lacks.length === 0) fitting += 1;
          else found.add("policy", policy, { State: policy.state, "Does not": lacks.join("; ") });
        },
      },
      // What is found are the policies that do not suffice: there may be none at all.
      finish: () =>
        fitting > 0
          ? { finding: false, count: 0, evidence: evidence() }
          : { finding: true, count: 1, evidence: found },
    };
  },
};

/** What keeps a policy from being the one that is looked for. */
function lacking({ state, conditions, sessionControls }: Policy, hours: number): readonly string[] {
  const { includeUsers, includeRoles, excludeRoles } = conditions?.users ?? {};
  const { includeApplications, excludeApplications } = conditions?.applications ?? {};
  const named = includeUsers?.includes("All") || includeRoles?.includes(globalAdministrator);
  const administrators = named === true && excludeRoles?.includes(globalAdministrator) !== true;
  const everywhere =
    includeApplications?.includes("All") === true && (excludeApplications ?? []).length === 0;
  return [
    ...(state === "enabled" ? [] : ["decide: it is not on"]),
    ...(administrators ? [] : ["cover Global Administrators"]),
    ...(everywhere ? [] : ["cover all applications"]),
    ...(conditions === null ? [] : narrowedBy(conditions).map((what) => `apply to every sign-in: ${what}`)),
    ...(isOften(sessionControls?.signInFrequency, hours)
      ? []
      : [`ask for a sign-in every ${hours} hours or more often`]),
  ];
}

type Conditions = NonNullable<Policy["conditions"]>;

/**
 * Conditions by which a policy applies to some sign-ins and not to others. Microsoft's own templates have such policies: a
 * sign-in each time for risky sign-ins, or a frequency for devices that nobody manages.
 */
function narrowedBy(conditions: Conditions): readonly string[] {
  const { clientAppTypes, platforms, locations, devices, authenticationFlows, insiderRiskLevels } =
    conditions;
  const risks = [...(conditions.signInRiskLevels ?? []), ...(conditions.userRiskLevels ?? [])];
  const isRisky = risks.length > 0 || (insiderRiskLevels ?? "") !== "";
  const clients = clientAppTypes ?? ["all"];
  const everyClient =
    clients.length === 0 ||
    clients.includes("all") ||
    (clients.includes("browser") && clients.includes("mobileAppsAndDesktopClients"));
  return [
    ...(isRisky ? ["only to risky ones"] : []),
    ...(everyClient ? [] : ["only by some kinds of clients"]),
    ...(isWhole(platforms?.includePlatforms, platforms?.excludePlatforms) ? [] : ["only on some platforms"]),
    ...(isWhole(locations?.includeLocations, locations?.excludeLocations) ? [] : ["only from some places"]),
    ...((devices?.deviceFilter ?? null) === null ? [] : ["only from some devices"]),
    ...((authenticationFlows?.transferMethods ?? "") === "" ? [] : ["only for some flows"]),
  ];
}

/** Nothing said is everything. */
const isWhole = (
  include: readonly string[] | null | undefined,
  exclude: readonly string[] | null | undefined,
) =>
  ((include ?? []).length === 0 || include?.some((one) => one.toLowerCase() === "all") === true) &&
  (exclude ?? []).length === 0;

type Frequency = NonNullable<Policy["sessionControls"]>["signInFrequency"];

function isOften(frequency: Frequency | undefined, hours: number): boolean {
  if (frequency?.isEnabled !== true) return false;
  if (frequency.frequencyInterval === "everyTime") return true;
  if (frequency.value === null) return false;
  return frequency.value * (frequency.type === "days" ? 24 : 1) <= hours;
}
