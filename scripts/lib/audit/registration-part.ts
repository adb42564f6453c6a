import type { HeldRole, RegistrationPart } from "../../../components/permissions/audit/registration";
import type { ApplicationAnswer } from "./answers";
import { type ApiNames, namedRole } from "./api-names";

/** What only the registration says, with names for the ids that it holds. */
export async function registrationPart(
  application: ApplicationAnswer,
  names: ApiNames,
): Promise<RegistrationPart> {
  const { web, spa, publicClient } = application;
  const implicit = web?.implicitGrantSettings;
  return {
    objectId: application.id,
    createdDateTime: application.createdDateTime ?? undefined,
    signInAudience: application.signInAudience ?? "AzureADMyOrg",
    redirectUris: [
      ...uris("web", web?.redirectUris),
      ...uris("single-page application", spa?.redirectUris),
      ...uris("public client", publicClient?.redirectUris),
    ],
    isPublicClient: application.isFallbackPublicClient === true,
    implicitGrants: [
      ...(implicit?.enableAccessTokenIssuance === true ? ["access tokens"] : []),
      ...(implicit?.enableIdTokenIssuance === true ? ["ID tokens"] : []),
    ],
    identifierUris: application.identifierUris ?? [],
    ...(await requested(application, names)),
  };
}

function uris(platform: string, list: readonly string[] | null | undefined) {
  return (list ?? []).map((uri) => ({ platform, uri }));
}

async function requested(
  { requiredResourceAccess }: ApplicationAnswer,
  names: ApiNames,
): Promise<Pick<RegistrationPart, "requestedRoles" | "requestedScopes">> {
  const requestedRoles: HeldRole[] = [];
  const requestedScopes: { api: string; scope: string }[] = [];
  for (const { resourceAppId, resourceAccess } of requiredResourceAccess) {
    const api = await names.ofApp(resourceAppId);
    for (const { id, type } of resourceAccess) {
      const role = namedRole(resourceAppId, id, api);
      if (type === "Role") requestedRoles.push(role);
      else {
        const scope = api?.oauth2PermissionScopes.find((one) => one.id === id)?.value;
        requestedScopes.push({ api: role.api, scope: scope ?? id });
      }
    }
  }
  return { requestedRoles, requestedScopes };
}
