/** Permissions: against a profile what is too much and too little; without one, what is dangerous by itself. */

import { apiOfAppId } from "../catalogue/find-api";
import { explainPermission } from "../explain/permission";
import type { ConnectorManifest } from "../manifest";
import type { Finding } from "./finding";
import { type JudgedRole, judgeDirectoryRole, judgeRole, roleKey, severityOf } from "./judged";
import type { HeldDirectoryRole, HeldRole, Registration } from "./registration";

/** Findings about application permissions and directory roles. */
export function permissionFindings(
  registration: Registration,
  expected: ConnectorManifest | undefined,
): readonly Finding[] {
  const { principal } = registration;
  const granted = (principal?.grantedRoles ?? []).map(judgeRole);
  const held = principal?.directoryRoles ?? [];
  return expected === undefined
    ? [
        ...granted.flatMap(dangerous),
        ...held.flatMap(dangerousDirectoryRole),
        ...consentFindings(registration),
      ]
    : [
        ...surplus(granted, expected),
        ...surplusDirectoryRoles(held, expected),
        ...missing(registration, expected),
        ...missingDirectoryRoles(principal?.directoryRoles, expected),
        ...consentFindings(registration, expected),
      ];
}

function expectedKeys({ apis }: ConnectorManifest): ReadonlySet<string> {
  return new Set(
    apis.flatMap(({ resourceAppId, roles }) => roles.map(({ id }) => roleKey({ resourceAppId, id }))),
  );
}

function dangerous({ name, api, tier, reason, resourceAppId, writes }: JudgedRole): readonly Finding[] {
  if (tier === "T2") return [];
  return [
    {
      rule: tier === "T0" ? "tier0-app-role" : "tier1-app-role",
      severity: tier === "T0" ? "high" : "medium",
      title: `holds ${name} of ${api} (${tier}${writes ? ", writes" : ""})`,
      why: reason,
      fix: `Keep it only if the product needs it.${narrowerText(resourceAppId, name)}`,
    },
  ];
}

/** What would do with less, where the catalogue knows. */
function narrowerText(resourceAppId: string, name: string): string {
  const api = apiOfAppId(resourceAppId);
  if (api === undefined) return "";
  const { narrower } = explainPermission(api, name);
  if (narrower.length === 0) return "";
  const shown = narrower
    .slice(0, 3)
    .map(({ task, by }) => `to ${lowerFirst(task)}: ${by.map(({ value }) => value).join(" and ")}`);
  const more = narrower.length > 3 ? `; more: permissions explain ${name}` : "";
  return ` Narrower: ${shown.join("; ")}${more}.`;
}

function surplus(granted: readonly JudgedRole[], expected: ConnectorManifest): readonly Finding[] {
  const wanted = expectedKeys(expected);
  return granted
    .filter((role) => !wanted.has(roleKey(role)))
    .map(({ name, api, tier, reason }) => ({
      rule: "surplus-app-role",
      severity: severityOf(tier),
      title: `holds ${name} of ${api} (${tier}), which ${expected.profile} does not need`,
      why: reason,
      fix: surplusFix(name, expected),
    }));
}

/** Why the profile does without, where the plan knows. */
function surplusFix(name: string, { covered }: ConnectorManifest): string {
  const cover = covered.find(({ value }) => value === name);
  const because = cover === undefined ? "" : ` ${cover.by.join(" and ")} allows the same calls.`;
  return `Revoke it and take it out of the registration.${because}`;
}

function missing({ principal }: Registration, { apis, profile }: ConnectorManifest): readonly Finding[] {
  const held = new Set((principal?.grantedRoles ?? []).map(roleKey));
  return apis.flatMap(({ resourceAppId, displayName, roles }) =>
    roles
      .filter(({ id }) => !held.has(roleKey({ resourceAppId, id })))
      .map(({ value, because }) => ({
        rule: "missing-app-role",
        severity: "medium" as const,
        title: `lacks ${value} of ${displayName}, which ${profile} needs`,
        why: because.join("; "),
        fix: "Add it to the registration and grant admin consent.",
      })),
  );
}

function dangerousDirectoryRole(role: HeldDirectoryRole): readonly Finding[] {
  const { tier, reason } = judgeDirectoryRole(role);
  if (tier === "T2") return [];
  return [
    {
      rule: "privileged-directory-role",
      severity: tier === "T0" ? "high" : "medium",
      title: `holds the directory role ${nameOf(role)} (${tier})${scopeOf(role)}`,
      why: reason,
      fix: "Remove the assignment unless the product needs it.",
    },
  ];
}

function surplusDirectoryRoles(
  held: readonly HeldDirectoryRole[],
  { directoryRoles, profile }: ConnectorManifest,
): readonly Finding[] {
  const wanted = new Set(directoryRoles.map(({ templateId }) => templateId));
  return held
    .filter(({ templateId }) => !wanted.has(templateId))
    .map((role) => {
      const { tier, reason } = judgeDirectoryRole(role);
      return {
        rule: "surplus-directory-role",
        severity: severityOf(tier),
        title: `holds the directory role ${nameOf(role)} (${tier})${scopeOf(role)}, which ${profile} does not need`,
        why: reason,
        fix: "Remove the assignment.",
      };
    });
}

function missingDirectoryRoles(
  held: readonly HeldDirectoryRole[] | undefined,
  { directoryRoles, profile }: ConnectorManifest,
): readonly Finding[] {
  if (held === undefined) return [];
  const ids = new Set(held.filter(({ scope }) => scope === "/").map(({ templateId }) => templateId));
  return directoryRoles
    .filter(({ templateId }) => !ids.has(templateId))
    .map(({ displayName, because }) => ({
      rule: "missing-directory-role",
      severity: "medium",
      title: `lacks the directory role ${displayName}, which ${profile} needs`,
      why: because.join("; "),
      fix: `Assign it, active and permanent: Entra admin center > Roles and administrators > ${displayName}.`,
    }));
}

/** What the registration says and what the tenant granted must be the same list. */
function consentFindings(
  { registration, principal }: Registration,
  expected?: ConnectorManifest,
): readonly Finding[] {
  if (registration === undefined) return [];
  const granted = principal?.grantedRoles ?? [];
  const reported = expected === undefined ? new Set<string>() : expectedKeys(expected);
  const pending = without(registration.requestedRoles, granted)
    // What the profile needs and the tenant lacks is said already.
    .filter((role) => !reported.has(roleKey(role)))
    .map(judgeRole);
  const hidden = without(granted, registration.requestedRoles).map(judgeRole);
  return [
    ...(pending.length === 0 ? [] : [pendingConsent(pending)]),
    ...(hidden.length === 0 ? [] : [hiddenConsent(hidden)]),
  ];
}

function without(roles: readonly HeldRole[], others: readonly HeldRole[]): readonly HeldRole[] {
  const known = new Set(others.map(roleKey));
  return roles.filter((role) => !known.has(roleKey(role)));
}

function pendingConsent(roles: readonly JudgedRole[]): Finding {
  return {
    rule: "requested-not-granted",
    severity: roles.some(({ tier }) => tier === "T0") ? "medium" : "low",
    title: `asks for what is not granted: ${namesOf(roles)}`,
    why: "The next administrator who clicks Grant admin consent grants it along with the rest.",
    fix: "Take it out of the registration, or grant it if the product needs it.",
  };
}

function hiddenConsent(roles: readonly JudgedRole[]): Finding {
  return {
    rule: "granted-not-requested",
    severity: "low",
    title: `was granted what the registration does not ask for: ${namesOf(roles)}`,
    why: "The registration's own list does not show it; whoever reviews that list overlooks it.",
    fix: "Revoke it (Enterprise applications > Permissions), or declare it in the registration.",
  };
}

function namesOf(roles: readonly JudgedRole[]): string {
  return roles.map(({ name, api, tier }) => `${name} of ${api} (${tier})`).join(", ");
}

function nameOf({ displayName, templateId }: HeldDirectoryRole): string {
  return displayName ?? templateId;
}

function scopeOf({ scope }: HeldDirectoryRole): string {
  return scope === "/" ? "" : ` on ${scope}`;
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
