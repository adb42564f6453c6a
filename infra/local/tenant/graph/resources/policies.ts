/** Policies of the tenant: read only. */
import { notFound } from "../errors";
import { list } from "../odata/list";
import type { GraphRequest, Route } from "../request";
import { fixedSource, itemsOf, show } from "../sources";
import { policyType } from "../types/policy";
import { requirePremium } from "./licenses";

/** Path, the kind of the stored policies, and the name of their type. */
const singletons = [
  ["/policies/identitySecurityDefaultsEnforcementPolicy", "identitySecurityDefaultsEnforcementPolicy"],
  ["/policies/authorizationPolicy", "authorizationPolicy"],
  ["/policies/authenticationMethodsPolicy", "authenticationMethodsPolicy"],
  ["/policies/adminConsentRequestPolicy", "adminConsentRequestPolicy"],
  ["/policies/crossTenantAccessPolicy", "crossTenantAccessPolicy"],
] as const;

const lists = [
  ["/identity/conditionalAccess/policies", "conditionalAccessPolicies", "conditionalAccessPolicy", true],
  ["/identity/conditionalAccess/namedLocations", "namedLocations", "namedLocation", true],
  ["/policies/permissionGrantPolicies", "permissionGrantPolicies", "permissionGrantPolicy", false],
  [
    "/policies/authenticationStrengthPolicies",
    "authenticationStrengthPolicies",
    "authenticationStrengthPolicy",
    true,
  ],
] as const;

const policiesOf = (request: GraphRequest, kind: string) => request.directory.policies.by("kind", kind);

export const policyRoutes: readonly Route[] = [
  ...singletons.map(
    ([path, kind]): Route => ({
      method: "GET",
      path,
      handle: (request) => {
        const [policy] = policiesOf(request, kind);
        if (policy === undefined) throw notFound(kind);
        return show(request, { type: policyType(kind, [policy]), entity: policy });
      },
    }),
  ),
  ...lists.map(
    ([path, kind, name, premium]): Route => ({
      method: "GET",
      path,
      handle: (request) => {
        if (premium) requirePremium(request);
        const policies = policiesOf(request, kind);
        const type = policyType(name, policies);
        return list(
          request,
          fixedSource(type, () => itemsOf(type, policies)),
        );
      },
    }),
  ),
];
