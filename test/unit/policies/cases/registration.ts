import { types } from "../../../../policies/harness/types";
import { application, colleague, connector, deployer, type Role, resource, unknown } from "../resources";
import type { RuleExamples } from "./case";

const writeMembers: Role = ["graph", "GroupMember.ReadWrite.All"];
const named = (...owners: readonly string[]) => ({
  connectors: new Map([["sync", { name: "Sync", owners }]]),
});
const reader = (principalId: string, principalType: string) =>
  resource(types.roleAssignment, { principalId, principalType }, { sources: {} });

export const registrationExamples: Readonly<Record<string, RuleExamples>> = {
  "single-tenant": {
    compliant: {
      default: { resources: [application()] },
      "said aloud": { resources: [application({ signInAudience: "AzureADMyOrg" })] },
    },
    nonCompliant: {
      "many tenants": {
        resources: [application({ signInAudience: "AzureADMultipleOrgs" })],
        culprits: ["AzureADMultipleOrgs"],
      },
      "personal accounts, by the other type": {
        resources: [resource(types.applicationRegistration, { signInAudience: "PersonalMicrosoftAccount" })],
        culprits: ["PersonalMicrosoftAccount"],
      },
    },
    unknown: {
      audience: { resources: [application({ signInAudience: unknown })], property: "signInAudience" },
    },
  },
  "no-redirect-uri": {
    compliant: {
      none: { resources: [application({ web: { homepageUrl: unknown } })] },
      empty: { resources: [application({ web: { redirectUris: [] } })] },
    },
    nonCompliant: {
      web: {
        resources: [application({ web: { redirectUris: ["https://a.example/"] } })],
        culprits: ["https://a.example/"],
      },
      "single page": {
        resources: [application({ singlePageApplication: { redirectUris: ["https://b.example/"] } })],
        culprits: ["https://b.example/"],
      },
      "public client": {
        resources: [application({ publicClient: { redirectUris: ["http://localhost"] } })],
        culprits: ["http://localhost"],
      },
      "beside the application": {
        resources: [
          resource(types.applicationRedirectUris, { redirectUris: ["https://c.example/"], type: "Web" }),
        ],
        culprits: ["https://c.example/"],
      },
    },
    unknown: {
      uris: { resources: [application({ web: { redirectUris: [unknown] } })], property: "web.redirectUris" },
    },
  },
  "no-public-client": {
    compliant: {
      default: { resources: [application()] },
      off: { resources: [application({ fallbackPublicClientEnabled: false })] },
    },
    nonCompliant: {
      on: {
        resources: [application({ fallbackPublicClientEnabled: true })],
        culprits: ["fallbackPublicClientEnabled"],
      },
      "beside the application": {
        resources: [resource(types.applicationFallbackPublicClient, { enabled: true })],
        culprits: ["enabled"],
      },
    },
    unknown: {
      flag: {
        resources: [application({ fallbackPublicClientEnabled: unknown })],
        property: "fallbackPublicClientEnabled",
      },
    },
  },
  "no-implicit-grant": {
    compliant: {
      default: { resources: [application()] },
      off: { resources: [application({ web: { implicitGrant: { accessTokenIssuanceEnabled: false } } })] },
    },
    nonCompliant: {
      "access tokens": {
        resources: [application({ web: { implicitGrant: { accessTokenIssuanceEnabled: true } } })],
        culprits: ["accessTokenIssuanceEnabled"],
      },
      "ID tokens": {
        resources: [application({ web: { implicitGrant: { idTokenIssuanceEnabled: true } } })],
        culprits: ["idTokenIssuanceEnabled"],
      },
      "by the other type": {
        resources: [resource(types.applicationRegistration, { implicitIdTokenIssuanceEnabled: true })],
        culprits: ["implicitIdTokenIssuanceEnabled"],
      },
    },
    unknown: {
      web: {
        resources: [application({ web: unknown })],
        property: "web.implicitGrant.accessTokenIssuanceEnabled",
      },
    },
  },
  "no-identifier-uri": {
    compliant: { none: { resources: [application()] } },
    nonCompliant: {
      one: { resources: [application({ identifierUris: ["api://thing"] })], culprits: ["api://thing"] },
      "beside the application": {
        resources: [resource(types.applicationIdentifierUri, { identifierUri: "api://thing" })],
        culprits: ["api://thing"],
      },
    },
    unknown: {
      uris: { resources: [application({ identifierUris: [unknown] })], property: "identifierUris" },
    },
  },
  "owners-as-declared": {
    compliant: {
      "the deployer alone": { resources: connector(), settings: named() },
      "with an owner of the settings": {
        resources: connector({ owners: [deployer, colleague] }),
        settings: named(colleague),
      },
      "with a known deployer": {
        resources: connector(),
        config: { deployers: [deployer] },
        settings: named(),
      },
    },
    nonCompliant: {
      "one more than the deployer": {
        resources: connector({ owners: [deployer, colleague] }),
        settings: named(),
        culprits: [colleague, colleague],
      },
      "the principal's owner": {
        resources: connector({ principalOwners: [deployer, colleague] }),
        settings: named(),
        culprits: [colleague],
      },
      "a declared one is missing": {
        resources: connector(),
        settings: named(colleague),
        culprits: [colleague],
      },
      "not one of the deployers": {
        resources: connector({ principalOwners: [] }),
        config: { deployers: [colleague] },
        settings: named(),
        culprits: [deployer],
      },
      "another deployer in the same tenant": {
        resources: [
          ...connector(),
          ...connector({ slug: "other", name: "Other", owners: [colleague], principalOwners: [deployer] }),
        ],
        settings: named(),
        culprits: [colleague],
      },
      "added beside the application": {
        resources: [
          ...connector(),
          resource(types.applicationOwner, { ownerObjectId: colleague }, { name: "more" }),
        ],
        settings: named(),
        culprits: ["more"],
      },
    },
    notApplicable: { "a program without settings": { resources: connector() } },
    unknown: {
      owners: { resources: connector({ owners: [unknown] }), settings: named(), property: "owners" },
    },
  },
  "no-user-owner": {
    compliant: {
      "an owner known to be a service principal": {
        resources: connector({ asks: [writeMembers], owners: [deployer, colleague] }),
        config: { servicePrincipals: [colleague] },
        settings: named(colleague),
      },
      "a deployer of whom nothing is known": {
        resources: connector({ asks: [writeMembers] }),
        settings: named(),
      },
    },
    nonCompliant: {
      "an owner known to be a person": {
        resources: connector({ asks: [writeMembers] }),
        config: { users: [deployer] },
        culprits: [deployer],
      },
      "a person by an Azure role assignment": {
        resources: [...connector({ asks: [writeMembers] }), reader(deployer, "User")],
        culprits: [deployer],
      },
      "an owner of the settings of whom nothing is known": {
        resources: [
          ...connector({ asks: [writeMembers], owners: [deployer, colleague] }),
          reader(deployer, "ServicePrincipal"),
        ],
        settings: named(colleague),
        culprits: [colleague],
      },
    },
    notApplicable: { "only tier-2 permissions": { resources: connector(), config: { users: [deployer] } } },
    unknown: {
      owners: { resources: connector({ asks: [writeMembers], owners: unknown }), property: "owners" },
    },
  },
};
