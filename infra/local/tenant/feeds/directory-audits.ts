/** Makes directory audits (Microsoft page "directoryAudit resource type"). */
import type { PlainEntity, User } from "../directory/model";
import type { Actors } from "./actors";
import { choose, guidOf, mix } from "./mix";
import type { Recipe } from "./model";

const activities = [
  ["Add user", "UserManagement", "Add", "User"],
  ["Update user", "UserManagement", "Update", "User"],
  ["Reset user password", "UserManagement", "Update", "User"],
  ["Add member to group", "GroupManagement", "Assign", "User"],
  ["Remove member from group", "GroupManagement", "Unassign", "User"],
  ["Add member to role", "RoleManagement", "Assign", "User"],
  ["Consent to application", "ApplicationManagement", "Assign", "ServicePrincipal"],
  [
    "Update application – Certificates and secrets management",
    "ApplicationManagement",
    "Update",
    "Application",
  ],
] as const;

/** One audit; `at` is milliseconds. */
export function makeDirectoryAudit(actors: Actors, recipe: Recipe, place: number, at: number): PlainEntity {
  const { seed } = recipe;
  const bits = mix(seed, place, 3);
  const [activityDisplayName, category, operationType, type] = choose(activities, bits);
  const failed = mix(seed, place, 2) % 50 === 0;
  const guid = guidOf(seed, recipe.number, place);
  return {
    id: `Directory_${guid}`,
    properties: {
      // The service writes seven digits of a second.
      activityDateTime: new Date(at).toISOString().replace("Z", `${String(bits % 10_000).padStart(4, "0")}Z`),
      activityDisplayName,
      category,
      operationType,
      correlationId: guidOf(seed, recipe.number, place, 1),
      loggedByService: "Core Directory",
      result: failed ? "failure" : "success",
      resultReason: failed ? "Insufficient privileges" : "",
      initiatedBy: initiatorOf(actors, recipe, place, bits),
      targetResources: [{ ...targetOf(actors, recipe, place, type), type, modifiedProperties: [] }],
      additionalDetails: [],
    },
  };
}

/** Two of three by people, the others by applications. */
function initiatorOf(actors: Actors, recipe: Recipe, place: number, bits: number) {
  if (bits % 3 !== 0) {
    const user = actors.user(recipe, mix(recipe.seed, place, 4));
    return { app: null, user: { ...nameOf(user), ipAddress: `198.51.100.${(bits >>> 9) % 254}` } };
  }
  const principal = actors.principal("Application", bits >>> 2);
  return {
    app: {
      appId: principal?.appId ?? null,
      displayName: principal?.displayName ?? null,
      servicePrincipalId: principal?.id ?? null,
      servicePrincipalName: null,
    },
    user: null,
  };
}

function targetOf(actors: Actors, recipe: Recipe, place: number, type: string) {
  if (type === "User") return nameOf(actors.user(recipe, mix(recipe.seed, place, 5)));
  const principal = actors.principal("Application", mix(recipe.seed, place, 6));
  return { id: principal?.id ?? null, displayName: principal?.displayName ?? null, userPrincipalName: null };
}

const nameOf = (user: User | undefined) => ({
  id: user?.id ?? null,
  displayName: user?.displayName ?? null,
  userPrincipalName: user?.userPrincipalName ?? null,
});
