import type { Application, ServicePrincipal } from "../../directory/model";
import type { Directory } from "../../directory/open";
import { LoginError } from "../errors";
import type { IssuingTenant } from "../issuing-tenant";
import type { TokenRequest } from "../token-request";
import { checkAssertion } from "./assertion";
import { checkSecret } from "./secret";

/**
 * Finds the application of a request, checks its proof and answers its service principal here.
 * @param root the login service's URL as the client sees it: an assertion's audience lies below it
 */
export async function authenticateClient(
  tenant: IssuingTenant,
  directory: Directory,
  request: TokenRequest,
  root: string,
): Promise<ServicePrincipal> {
  const application = findApplication(tenant, directory, request.clientId);
  if (request.proof.kind === "secret") checkSecret(tenant, application, request.proof.secret);
  else await checkAssertion({ tenant, directory, application, assertion: request.proof.assertion, root });
  return findPrincipal(tenant, directory, application);
}

/** A new application is unknown here until it has replicated. */
function findApplication(tenant: IssuingTenant, directory: Directory, appId: string): Application {
  const application = directory.applications.by("appId", appId)[0];
  const since = application && directory.applications.times(application.id)?.createdAt;
  if (
    application === undefined ||
    since === undefined ||
    !tenant.replication.visible("token-endpoint", since)
  ) {
    throw new LoginError(
      "unauthorized_client",
      700016,
      `Application with identifier '${appId}' was not found in the directory '${tenant.settings.displayName}'. This ` +
        "can happen if the application has not been installed by the administrator of the tenant or consented to by " +
        "any user in the tenant. You may have sent your authentication request to the wrong tenant.",
    );
  }
  return application;
}

function findPrincipal(
  tenant: IssuingTenant,
  directory: Directory,
  application: Application,
): ServicePrincipal {
  const principal = directory.servicePrincipals.by("appId", application.appId)[0];
  const since = principal && directory.servicePrincipals.times(principal.id)?.createdAt;
  if (
    principal === undefined ||
    since === undefined ||
    !tenant.replication.visible("token-endpoint", since)
  ) {
    throw new LoginError(
      "invalid_client",
      7000229,
      `The client application ${application.appId} is missing service principal in the tenant ` +
        `${tenant.settings.tenantId}. See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119`,
    );
  }
  if (!principal.accountEnabled) {
    throw new LoginError(
      "unauthorized_client",
      7000112,
      `Application '${application.appId}'(${principal.displayName}) is disabled.`,
    );
  }
  return principal;
}
