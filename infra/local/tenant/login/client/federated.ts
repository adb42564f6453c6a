import { jwtVerify } from "jose";
import { LoginError } from "../errors";
import { isOwnIssuer, isSameIssuer } from "../issuers";
import { type AssertionClaims, checkTimes, type PresentedAssertion } from "./assertion";

/**
 * Checks an assertion of another authority against the application's federated identity credentials: issuer, subject
 * and audience must match exactly. Only this tenant's own tokens (its managed identities') can be verified here; an
 * issuer on the network can't be asked for its keys, so its assertion never matches.
 */
export async function checkFederatedAssertion(
  presented: PresentedAssertion,
  claims: AssertionClaims,
): Promise<void> {
  const { settings } = presented.tenant;
  if (!isOwnIssuer(settings, claims.iss) || !hasMatch(presented, claims)) throw noMatch(claims);
  checkTimes(presented.tenant.clock.now(), claims);
  try {
    await jwtVerify(presented.assertion, presented.tenant.tokens.key.publicKey, {
      algorithms: ["RS256"],
      currentDate: new Date(presented.tenant.clock.now()),
      clockTolerance: 300,
    });
  } catch {
    throw new LoginError(
      "invalid_client",
      50013,
      "Assertion failed signature validation. [Reason - The provided signature value did not match the expected " +
        "signature value.]",
    );
  }
}

function hasMatch({ tenant, directory, application }: PresentedAssertion, claims: AssertionClaims): boolean {
  return directory.federatedIdentityCredentials.by("applicationId", application.id).some((credential) => {
    const since = directory.federatedIdentityCredentials.times(credential.id)?.modifiedAt;
    return (
      since !== undefined &&
      tenant.replication.visible("token-endpoint", since) &&
      isSameIssuer(tenant.settings, claims.iss, credential.issuer) &&
      credential.subject === claims.sub &&
      credential.audiences.includes(claims.aud)
    );
  });
}

function noMatch(claims: AssertionClaims): LoginError {
  return new LoginError(
    "invalid_request",
    70021,
    `No matching federated identity record found for presented assertion. Assertion Issuer: '${claims.iss}'. ` +
      `Assertion Subject: '${claims.sub}'. Assertion Audience: '${claims.aud}'. ` +
      "https://learn.microsoft.com/entra/workload-id/workload-identity-federation",
  );
}
