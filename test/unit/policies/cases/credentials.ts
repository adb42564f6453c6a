import { types } from "../../../../policies/harness/types";
import { application, connector, resource, unknown } from "../resources";
import type { RuleExamples } from "./case";

const start = "2026-11-21T00:00:00Z";
const after = (days: number) => new Date(Date.parse(start) + days * 86_400_000).toISOString();
const password = (properties: object) =>
  resource(types.applicationPassword, { ...properties }, { name: "sync" });
const certificate = (properties: object) =>
  resource(types.applicationCertificate, { ...properties }, { name: "sync" });
const acknowledged = (rule: string, finding: string) => ({
  acknowledgements: [{ rule, connector: "Sync", finding, reason: "r", owner: "o", expires: "2099-01-01" }],
});
const trust = (properties: object) =>
  resource(types.federatedCredential, {
    issuer: "https://login.microsoftonline.com/6f2c1d5e-3a4b-4c8d-9e0f-1a2b3c4d5e6f/v2.0",
    subject: "33333333-3333-4333-8333-333333333333",
    audiences: ["api://AzureADTokenExchange"],
    ...properties,
  });
const trusts = (count: number, applicationId: string | undefined = undefined) =>
  Array.from({ length: count }, (_, index) =>
    resource(
      types.federatedCredential,
      { applicationId: applicationId ?? unknown },
      {
        name: `trust-${index}`,
        ...(applicationId === undefined ? { sources: { applicationId: ["urn:a::b::c::app"] } } : {}),
      },
    ),
  );

/** Both kinds share the judgement. */
function lifetimeExamples(
  rule: string,
  limit: number,
  make: (properties: object) => ReturnType<typeof password>,
): RuleExamples {
  return {
    compliant: {
      "at the limit": { resources: [make({ startDate: start, endDate: after(limit) })] },
      "counted from now without a start": { resources: [make({ endDate: after(limit) })] },
      acknowledged: {
        resources: [make({ startDate: start, endDate: after(730) })],
        settings: acknowledged(rule, "730 days"),
      },
    },
    nonCompliant: {
      "a day too long": {
        resources: [make({ startDate: start, endDate: after(limit + 1) })],
        culprits: [`${limit + 1} days`],
      },
      "an hour too long": {
        resources: [make({ startDate: start, endDate: after(limit + 1 / 24) })],
        culprits: [`${limit + 1} days`],
      },
      "without an end": { resources: [make({})], culprits: ["no end date"] },
      "longer than configured": {
        resources: [make({ startDate: start, endDate: after(31) })],
        config: { days: 30 },
        culprits: ["31 days"],
      },
      "acknowledged for another length": {
        resources: [make({ startDate: start, endDate: after(731) })],
        settings: acknowledged(rule, "730 days"),
        culprits: ["731 days"],
      },
    },
    unknown: { end: { resources: [make({ startDate: start, endDate: unknown })], property: "endDate" } },
  };
}

export const credentialExamples: Readonly<Record<string, RuleExamples>> = {
  "secret-lifetime": {
    ...lifetimeExamples("secret-lifetime", 180, password),
    notApplicable: { "an application without a secret of its own": { resources: [application()] } },
  },
  "certificate-lifetime": lifetimeExamples("certificate-lifetime", 365, certificate),
  "fixed-end-date": {
    compliant: { "a date": { resources: [password({ endDate: after(10) })] } },
    nonCompliant: {
      none: { resources: [certificate({})], culprits: ["endDate"] },
      relative: {
        resources: [password({ endDateRelative: "4320h" })],
        culprits: ["endDate", "endDateRelative"],
      },
      "an application's own secret": {
        resources: [application({ password: { displayName: "own" } })],
        culprits: ["endDate"],
      },
    },
    notApplicable: { "an application without a secret of its own": { resources: [application()] } },
    unknown: { end: { resources: [password({ endDate: unknown })], property: "endDate" } },
  },
  "overlapping-slots": {
    compliant: {
      "one slot": { resources: connector() },
      "two that overlap": {
        resources: connector({
          slots: [
            [start, after(180)],
            [after(150), after(330)],
          ],
        }),
      },
      "two that overlap, the newer first": {
        resources: connector({
          slots: [
            [after(150), after(330)],
            [start, after(180)],
          ],
        }),
      },
    },
    nonCompliant: {
      "two that only touch": {
        resources: connector({
          slots: [
            [start, after(180)],
            [after(180), after(360)],
          ],
        }),
        culprits: ["sync-client-secret-slot-0"],
      },
      "two that overlap for hours": {
        resources: connector({
          slots: [
            [start, after(180)],
            [after(179.5), after(360)],
          ],
        }),
        culprits: ["sync-client-secret-slot-0"],
      },
      three: {
        resources: connector({
          slots: [
            [start, after(9)],
            [after(3), after(12)],
            [after(6), after(15)],
          ],
        }),
        culprits: ["sync-client-secret-slot-0"],
      },
      "a secret in no slot": { resources: [password({ endDate: after(10) })], culprits: ["sync"] },
    },
    notApplicable: { "nothing that rotates": { resources: connector({ slots: [] }) } },
    unknown: {
      start: {
        resources: connector({
          slots: [
            [unknown, after(180)],
            [after(150), after(330)],
          ],
        }),
        property: "startDate",
      },
    },
  },
  "prefer-federated": {
    compliant: { "no secret": { resources: connector({ slots: [], manifest: { profile: "collector" } }) } },
    nonCompliant: {
      "our own collector with a secret": {
        resources: connector({ manifest: { profile: "collector" } }),
        culprits: ["Sync"],
      },
    },
    notApplicable: {
      "a product that takes a secret only": { resources: connector() },
      "a program of its own": { resources: connector({ manifest: null }) },
    },
    unknown: {
      name: {
        resources: connector({ manifest: { profile: "collector" }, application: { displayName: unknown } }),
        property: "displayName",
      },
    },
  },
  "exact-federated-credential": {
    compliant: {
      "a tenant's own identity": { resources: [trust({})] },
      "another cloud": {
        resources: [
          trust({
            issuer: "https://login.microsoftonline.us/6f2c1d5e-3a4b-4c8d-9e0f-1a2b3c4d5e6f/v2.0",
            audiences: ["api://AzureADTokenExchangeUSGov"],
          }),
        ],
      },
      "an issuer of none": {
        resources: [
          trust({
            issuer: "https://token.actions.githubusercontent.com",
            subject: "repo:contoso/iac:ref:refs/heads/main",
          }),
        ],
      },
    },
    nonCompliant: {
      "a wildcard subject": {
        resources: [trust({ subject: "repo:contoso/*" })],
        culprits: ["subject repo:contoso/*"],
      },
      "the tenant's domain in the issuer": {
        resources: [trust({ issuer: "https://login.microsoftonline.com/contoso.example/v2.0" })],
        culprits: ["issuer https://login.microsoftonline.com/contoso.example/v2.0"],
      },
      "any tenant": {
        resources: [trust({ issuer: "https://login.microsoftonline.com/common/v2.0" })],
        culprits: ["issuer https://login.microsoftonline.com/common/v2.0"],
      },
      "a slash at the end": {
        resources: [trust({ issuer: "https://token.actions.githubusercontent.com/" })],
        culprits: ["issuer https://token.actions.githubusercontent.com/"],
      },
      "in clear": {
        resources: [trust({ issuer: "http://issuer.example" })],
        culprits: ["issuer http://issuer.example"],
      },
      "another cloud's audience": {
        resources: [trust({ audiences: ["api://AzureADTokenExchangeChina"] })],
        culprits: ["audiences api://AzureADTokenExchangeChina"],
      },
      "two audiences": {
        resources: [trust({ audiences: ["api://AzureADTokenExchange", "api://other"] })],
        culprits: ["audiences api://AzureADTokenExchange, api://other"],
      },
      "an expression": {
        resources: [resource(types.flexibleFederatedCredential, {})],
        culprits: ["claimsMatchingExpression"],
      },
    },
    notApplicable: { "a subject that is made by the same run": { resources: [trust({ subject: unknown })] } },
  },
  "federated-credential-limit": {
    compliant: { twenty: { resources: trusts(20) } },
    nonCompliant: {
      "twenty-one": { resources: trusts(21), culprits: ["app"] },
      "of an application named by its id": {
        resources: trusts(21, "/applications/1"),
        culprits: ["/applications/1"],
      },
    },
    notApplicable: { none: { resources: connector() } },
    unknown: {
      "an application that nobody can name": {
        resources: [resource(types.federatedCredential, { applicationId: unknown })],
        property: "applicationId",
      },
    },
  },
};
