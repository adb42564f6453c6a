/** Ways into a registration that a product which signs in as itself does not need. */
import type { Finding } from "./finding";
import type { DelegatedGrant, Registration, RegistrationPart } from "./registration";

/** Findings about audience, redirect URIs, public clients, implicit grants and delegated permissions. */
export function exposureFindings({ registration, principal }: Registration): readonly Finding[] {
  return [
    ...(registration === undefined ? [] : registrationFindings(registration)),
    ...(principal?.delegated ?? []).map(delegatedFinding),
    ...(registration === undefined || registration.requestedScopes.length === 0
      ? []
      : [requestedScopesFinding(registration)]),
  ];
}

function registrationFindings(part: RegistrationPart): readonly Finding[] {
  return [
    ...(part.signInAudience === "AzureADMyOrg" ? [] : [audienceFinding(part.signInAudience)]),
    ...(part.redirectUris.length === 0 ? [] : [redirectFinding(part.redirectUris)]),
    ...(part.isPublicClient
      ? [
          {
            rule: "public-client",
            severity: "medium",
            title: "allows public client flows",
            why: "Anybody who knows the client id can start a device-code or password sign-in in its name: a usual way to phish.",
            fix: "Authentication > Allow public client flows: No.",
          } as const,
        ]
      : []),
    ...(part.implicitGrants.length === 0
      ? []
      : [
          {
            rule: "implicit-grant",
            severity: "medium",
            title: `issues ${part.implicitGrants.join(" and ")} by the implicit grant`,
            why: "Tokens then travel in addresses, where histories and logs keep them.",
            fix: "Authentication > Implicit grant and hybrid flows: untick both.",
          } as const,
        ]),
    ...(part.identifierUris.length === 0
      ? []
      : [
          {
            rule: "identifier-uri",
            severity: "low",
            title: `has the identifier URI ${part.identifierUris.join(", ")}`,
            why: "A product that only signs in offers no API of its own.",
            fix: "Expose an API: remove the Application ID URI.",
          } as const,
        ]),
  ];
}

function audienceFinding(audience: string): Finding {
  const personal = audience.includes("PersonalMicrosoftAccount");
  return {
    rule: "multi-tenant",
    severity: "medium",
    title: `accepts sign-ins of other tenants${personal ? " and of personal accounts" : ""} (${audience})`,
    why: "Other tenants can add the application; a stolen credential then works there too.",
    fix: "Authentication > Supported account types: this organizational directory only.",
  };
}

/** Hosts that nobody outside the machine can stand in for. */
const loopback = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/i;

function redirectFinding(uris: RegistrationPart["redirectUris"]): Finding {
  const unsafe = uris.filter(({ uri }) => uri.includes("*") || (/^http:/i.test(uri) && !loopback.test(uri)));
  return {
    rule: "redirect-uri",
    severity: unsafe.length > 0 ? "high" : "medium",
    title: `has ${uris.length === 1 ? "a redirect URI" : `${uris.length} redirect URIs`}: ${uris.map(({ platform, uri }) => `${uri} (${platform})`).join(", ")}`,
    why:
      unsafe.length > 0
        ? "One of them is unencrypted or has a wildcard: whoever gets that address gets the tokens."
        : "A product that signs in as itself redirects nobody; an address that is given up can be taken over with the tokens sent to it.",
    fix: "Authentication: remove the redirect URIs, unless people sign in to the product by this registration.",
  };
}

function delegatedFinding({ api, scopes, everybody }: DelegatedGrant): Finding {
  const writes = scopes.some((scope) => /write|manage|send|access_as_user|full/i.test(scope));
  return {
    rule: "delegated-permission",
    severity: everybody && writes ? "high" : "medium",
    title: `may act for ${everybody ? "every user" : "a user"} with ${scopes.join(", ")} of ${api}`,
    why: "It then acts with the rights of whoever signs in, an administrator's included; that can't be reviewed as a fixed set.",
    fix: "Revoke the delegated grant: Enterprise applications > Permissions.",
  };
}

function requestedScopesFinding({ requestedScopes }: RegistrationPart): Finding {
  return {
    rule: "delegated-requested",
    severity: "low",
    title: `asks for delegated permissions: ${requestedScopes.map(({ api, scope }) => `${scope} (${api})`).join(", ")}`,
    why: "A product that signs in as itself uses none; the portal adds User.Read to every new registration.",
    fix: "API permissions: remove them.",
  };
}
