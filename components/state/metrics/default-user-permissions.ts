import { anyIsFinding, type Metric, withoutPolicy } from "../metric";
import type { Records } from "../records";

type Policy = Records["authorizationPolicy"];

/**
 * What the tenant lets everybody do: name as in the threshold, whether it is so, and what that means. That users may read
 * others is none: Microsoft says of allowedToReadOtherUsers (page "defaultUserRolePermissions resource type") never to set
 * it to false.
 */
const dangers: readonly (readonly [string, (policy: Policy) => boolean, string])[] = [
  [
    "allowedToCreateApps",
    ({ defaultUserRolePermissions: all }) => all?.allowedToCreateApps === true,
    "Every user may register applications.",
  ],
  [
    "allowedToCreateSecurityGroups",
    ({ defaultUserRolePermissions: all }) => all?.allowedToCreateSecurityGroups === true,
    "Every user may make security groups.",
  ],
  [
    "allowedToCreateTenants",
    ({ defaultUserRolePermissions: all }) => all?.allowedToCreateTenants === true,
    "Every user may make tenants, and is Global Administrator there.",
  ],
  [
    "allowInvitesFrom",
    ({ allowInvitesFrom }) => allowInvitesFrom === "everyone",
    "Everybody may invite guests, guests too.",
  ],
  [
    "guestUserRoleId",
    ({ guestUserRoleId }) => guestUserRoleId === "a0b1b346-4d3e-4e8b-98f8-753987be4970",
    "Guests may read what members may.",
  ],
  [
    "allowEmailVerifiedUsersToJoinOrganization",
    ({ allowEmailVerifiedUsersToJoinOrganization: may }) => may === true,
    "Whoever receives mail at one of the tenant's domains may make an account.",
  ],
];

export const defaultUserPermissions: Metric = {
  id: "default-user-permissions",
  title: "Dangerous default user permissions",
  what: "What the tenant lets every user, or every guest, do without a role.",
  why: "Whoever gets hold of any account gets these permissions: enough to explore the tenant, to plant an application and to invite accomplices.",
  remediation:
    "Entra admin center > Users > User settings, and External Identities > External collaboration settings; or Update authorizationPolicy. What must stay: toleratedDefaultPermissions.",
  severity: "high",
  origin: "netwrix-1secure",
  fields: [
    "authorizationPolicy.defaultUserRolePermissions",
    "authorizationPolicy.allowInvitesFrom",
    "authorizationPolicy.guestUserRoleId",
    "authorizationPolicy.allowEmailVerifiedUsersToJoinOrganization",
  ],
  needs: ["authorizationPolicy"],
  thresholds: ["toleratedDefaultPermissions"],
  begin: ({ evidence, thresholds }) => {
    const found = evidence();
    let shown = false;
    const tolerated = new Set(thresholds.toleratedDefaultPermissions);
    return {
      on: {
        authorizationPolicy: (policy) => {
          shown ||= policy.defaultUserRolePermissions !== null;
          for (const [id, isSo, meaning] of dangers) {
            if (isSo(policy) && !tolerated.has(id)) found.add("setting", { id }, { Meaning: meaning });
          }
        },
      },
      finish: () => (shown ? anyIsFinding(found, dangers.length) : withoutPolicy),
    };
  },
};
