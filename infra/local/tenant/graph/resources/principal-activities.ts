/** When service principals were last used (Microsoft page "List servicePrincipalSignInActivities", beta). */
import type { PlainEntity, ServicePrincipal } from "../../directory/model";
import type { Directory } from "../../directory/open";
import { defineType, object, text } from "../entity-type";
import { list } from "../odata/list";
import type { Route } from "../request";
import { fixedSource, itemsOf } from "../sources";
import { requirePremium } from "./licenses";

const activityType = defineType<PlainEntity>({
  name: "servicePrincipalSignInActivity",
  properties: {
    id: text(),
    appId: text(),
    lastSignInActivity: object(),
    delegatedClientSignInActivity: object(),
    delegatedResourceSignInActivity: object(),
    applicationAuthenticationClientSignInActivity: object(),
    applicationAuthenticationResourceSignInActivity: object(),
  },
});

const day = 86_400_000;

/** Of ten applications seven were used lately, two months ago, one never; unless it was planted. */
function activityOf(directory: Directory, principal: ServicePrincipal, now: number): PlainEntity | undefined {
  const planted = directory.principalActivities.get(principal.id);
  const id = Buffer.from(principal.appId).toString("base64url");
  if (planted !== undefined) return { id, properties: { appId: principal.appId, ...planted.properties } };
  const digits = Number.parseInt(principal.id.slice(0, 8), 16) || 0;
  const [rank, days] = [digits % 10, (digits >>> 8) % 256];
  if (rank === 9) return undefined;
  const at = (Math.floor(now / day) - (rank < 7 ? days % 20 : 100 + days)) * day;
  const used = { lastSignInDateTime: new Date(at).toISOString(), lastSignInRequestId: principal.id };
  return {
    id,
    properties: {
      appId: principal.appId,
      lastSignInActivity: used,
      applicationAuthenticationClientSignInActivity: used,
    },
  };
}

function* activities(directory: Directory, now: number): Generator<PlainEntity> {
  for (const principal of directory.servicePrincipals.values()) {
    if (principal.servicePrincipalType !== "Application") continue;
    const activity = activityOf(directory, principal, now);
    if (activity !== undefined) yield activity;
  }
}

export const principalActivityRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/reports/servicePrincipalSignInActivities",
    versions: ["beta"],
    handle: (request) => {
      requirePremium(request);
      const now = request.tenant.clock.now();
      return list(
        request,
        fixedSource(activityType, () => itemsOf(activityType, activities(request.directory, now))),
      );
    },
  },
];
