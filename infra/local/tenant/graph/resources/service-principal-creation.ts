/** How a service principal comes to be: of an application of this tenant, or of one of Microsoft's. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { firstPartyApp, firstPartyPrincipal } from "../../directory/first-party";
import type { Application, AppRole, ServicePrincipal } from "../../directory/model";
import { badRequest, denied } from "../errors";
import { readInside } from "../odata/filter-evaluation";
import { ownsRegistration } from "../ownership";
import type { GraphRequest } from "../request";
import { instant } from "../time";

const roleSchema = z.object({
  id: z.string(),
  value: z.string().nullish(),
  displayName: z.string().nullish(),
  description: z.string().nullish(),
  isEnabled: z.boolean().nullish(),
  allowedMemberTypes: z.array(z.string()).nullish(),
});

/** The application permissions that an application of the tenant publishes itself. */
export function appRolesOf(application: Application): readonly AppRole[] {
  const declared: readonly unknown[] = Array.isArray(application.properties.appRoles)
    ? application.properties.appRoles
    : [];
  return declared.flatMap((role) => {
    const { data } = roleSchema.safeParse(role);
    if (data === undefined) return [];
    const { id, value, displayName, description, isEnabled, allowedMemberTypes } = data;
    return {
      id,
      value: value ?? "",
      displayName: displayName ?? "",
      description: description ?? "",
      isEnabled: isEnabled ?? true,
      allowedMemberTypes: allowedMemberTypes ?? [],
    };
  });
}

/** Properties of an application that its principal repeats. */
export function mirroredProperties(application: Application): Readonly<Record<string, unknown>> {
  const { properties } = application;
  return {
    appDisplayName: application.displayName,
    appDescription: properties.description,
    homepage: readInside(properties.web, ["homePageUrl"]),
    logoutUrl: readInside(properties.web, ["logoutUrl"]),
    replyUrls: readInside(properties.web, ["redirectUris"]) ?? [],
    servicePrincipalNames: properties.identifierUris ?? [],
    signInAudience: properties.signInAudience ?? "AzureADMyOrg",
    oauth2PermissionScopes: readInside(properties.api, ["oauth2PermissionScopes"]) ?? [],
    info: properties.info,
  };
}

/** A new principal for the appId, before the body's own properties; throws 400 or 403 when there can't be one. */
export function principalFor(request: GraphRequest, appId: string): ServicePrincipal {
  const { directory, tenant, caller } = request;
  const [application] = directory.applications.by("appId", appId);
  const now = tenant.clock.now();
  if (application === undefined) {
    const known = firstPartyApp(appId);
    if (known === undefined) throw noApplication(appId);
    if (request.reach === "owned") throw denied(notLocal);
    return firstPartyPrincipal(known, randomUUID(), instant(now));
  }
  const written = directory.applications.times(application.id)?.createdAt ?? 0;
  if (!tenant.replication.visible("references", written)) throw noApplication(appId);
  if (request.reach === "owned" && !ownsRegistration(directory, caller.objectId, appId)) throw denied();
  return {
    id: randomUUID(),
    appId,
    displayName: application.displayName,
    servicePrincipalType: "Application",
    accountEnabled: true,
    owners: [],
    appRoles: appRolesOf(application),
    properties: {
      ...mirroredProperties(application),
      appOwnerOrganizationId: tenant.settings.tenantId,
      createdDateTime: instant(now),
    },
  };
}

const notLocal =
  "When using this permission, the backing application of the service principal being created must in the local tenant";

const noApplication = (appId: string): Error =>
  badRequest(`The appId '${appId}' of the service principal does not reference a valid application object.`);
