import type { Finding } from "./finding";
import { type JudgedRole, judgeDirectoryRole } from "./judged";
import type { Owner, Registration } from "./registration";

/** Users who own an application that can do more than read: each of them can add a secret and sign in as it. */
export function ownerFindings(
  { owners, principal }: Registration,
  granted: readonly JudgedRole[],
): readonly Finding[] {
  const powers = [
    ...granted.map(({ name, tier }) => ({ name, tier })),
    ...(principal?.directoryRoles ?? []).map((role) => ({
      name: role.displayName ?? role.templateId,
      tier: judgeDirectoryRole(role).tier,
    })),
  ].filter(({ tier }) => tier !== "T2");
  if (powers.length === 0) return [];
  const people = owners.filter(({ kind }) => kind === "user");
  const tier0 = powers.some(({ tier }) => tier === "T0");
  return [...new Set(people.map(({ id }) => id))].map((id) => {
    const own = people.filter((owner) => owner.id === id);
    return {
      rule: "user-owner",
      severity: tier0 ? "high" : "medium",
      title: `${nameOf(own[0], id)} owns the ${own.map(({ of }) => of).join(" and the ")}`,
      why: `An owner can add a credential and sign in with ${powers
        .slice(0, 3)
        .map(({ name, tier }) => `${name} (${tier})`)
        .join(
          ", ",
        )}${powers.length > 3 ? ` and ${powers.length - 3} more` : ""}, without being an administrator.`,
      fix: "Remove the owner; administrators and the deployment manage the registration.",
    };
  });
}

function nameOf(owner: Owner | undefined, id: string): string {
  return `the user ${owner?.name ?? id}`;
}
