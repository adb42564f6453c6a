import {
  appPrivilegeFields,
  appPrivilegeNeeds,
  appPrivilegeUses,
  type PrivilegedApp,
} from "../facts/app-privileges";
import { roleHolderNeeds } from "../facts/role-holders";
import { anyIsFinding, type Metric, tierRank } from "../metric";

export const privilegedApplicationOwners: Metric = {
  id: "privileged-application-owners",
  title: "Owners of high-privilege applications",
  what: "Users that own the registration or the service principal of an application with dangerous permissions, and hold no role as dangerous themselves.",
  why: "An owner adds a credential and signs in as the application: an ordinary account becomes as powerful as the application.",
  remediation:
    "Remove owners of such applications; whoever must manage them gets a role that is watched and activated when needed.",
  severity: "high",
  origin: "entra-connectors",
  fields: [...appPrivilegeFields, "application.owners", "servicePrincipal.owners"],
  needs: [
    ...appPrivilegeNeeds,
    ...roleHolderNeeds,
    "application",
    "applicationOwner",
    "servicePrincipalOwner",
    "user",
  ],
  uses: appPrivilegeUses,
  thresholds: ["privilegedTier"],
  begin: ({ evidence, apps, roles, thresholds }) => {
    const found = evidence();
    /** Application ids by the object id of the registration; then owned registrations and principals by owner. */
    const appIds = new Map<string, string>();
    const owned = new Map<string, string[]>();
    const own = (owner: string, object: string) => {
      const all = owned.get(owner);
      if (all === undefined) owned.set(owner, [object]);
      else all.push(object);
    };
    let privileged: ReadonlyMap<string, PrivilegedApp> | undefined;
    const byIds = () =>
      new Map(
        [...apps.privileged(thresholds.privilegedTier)].flatMap(
          (app) =>
            [
              [app.id, app],
              [app.appId, app],
            ] as const,
        ),
      );
    return {
      on: {
        application: ({ id, appId }) => void appIds.set(id, appId),
        applicationOwner: ({ parentId, relatedId }) => own(relatedId, parentId),
        servicePrincipalOwner: ({ parentId, relatedId }) => own(relatedId, parentId),
        user: (user) => {
          const objects = owned.get(user.id);
          if (objects === undefined) return;
          privileged ??= byIds();
          const [tier] = roles
            .of(user.id)
            .map((holding) => holding.tier)
            .sort();
          const all = new Set(
            objects.flatMap((object) => privileged?.get(appIds.get(object) ?? object) ?? []),
          );
          for (const app of all) {
            if (tier !== undefined && tier <= app.privileges[0].tier) continue;
            const details = {
              "User principal name": user.userPrincipalName,
              Application: app.displayName,
              "Application id": app.appId,
              "Most dangerous": `${app.privileges[0].name} (${app.privileges[0].tier})`,
              Enabled: user.accountEnabled,
            };
            found.add("user", user, details, tierRank(app.privileges[0].tier));
          }
        },
      },
      finish: () => anyIsFinding(found),
    };
  },
};
