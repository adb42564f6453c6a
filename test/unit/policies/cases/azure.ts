import { types } from "../../../../policies/harness/types";
import { connector, resource, unknown } from "../resources";
import type { RuleExamples } from "./case";

const vault = (properties: object) =>
  resource(types.vault, { properties: { tenantId: unknown, ...properties } });
const assignment = (principalType: string | undefined, sources: readonly string[] = ["urn:of:identity"]) =>
  resource(
    types.roleAssignment,
    { principalId: unknown, ...(principalType === undefined ? {} : { principalType }) },
    { name: "reader", sources: { principalId: sources } },
  );

/** A vault's switch that must be on. */
function switchExamples(name: string): RuleExamples {
  return {
    compliant: { on: { resources: [vault({ [name]: true })] } },
    nonCompliant: {
      off: { resources: [vault({ [name]: false })], culprits: [name] },
      unsaid: { resources: [vault({})], culprits: [name] },
    },
    unknown: { computed: { resources: [vault({ [name]: unknown })], property: `properties.${name}` } },
  };
}

export const azureExamples: Readonly<Record<string, RuleExamples>> = {
  "vault-rbac": switchExamples("enableRbacAuthorization"),
  "vault-purge-protection": switchExamples("enablePurgeProtection"),
  "vault-soft-delete": {
    compliant: {
      default: { resources: [vault({})] },
      "less, where configured": { resources: [vault({ softDeleteRetentionInDays: 7 })], config: { days: 7 } },
    },
    nonCompliant: {
      off: { resources: [vault({ enableSoftDelete: false })], culprits: ["enableSoftDelete"] },
      short: {
        resources: [vault({ softDeleteRetentionInDays: 7 })],
        culprits: ["softDeleteRetentionInDays"],
      },
    },
    unknown: {
      computed: {
        resources: [vault({ softDeleteRetentionInDays: unknown })],
        property: "properties.softDeleteRetentionInDays",
      },
    },
  },
  "role-assignment-principal-type": {
    compliant: {
      "an identity of the stack": { resources: [assignment("ServicePrincipal")] },
      "a person named by a plain id": { resources: [assignment("User", [])] },
    },
    nonCompliant: {
      "the SDK's default": { resources: [assignment("User")], culprits: ["reader"] },
      unsaid: { resources: [assignment(undefined)], culprits: ["reader"] },
    },
    unknown: { type: { resources: [assignment(unknown)], property: "principalType" } },
  },
  "valid-acknowledgements": {
    compliant: { "none is wrong": { resources: connector() } },
    nonCompliant: {
      expired: {
        resources: connector(),
        settings: { acknowledgementProblems: [{ culprit: "acknowledgement 1", message: "It expired." }] },
        culprits: ["acknowledgement 1"],
      },
      "several at once": {
        resources: connector(),
        settings: {
          acknowledgementProblems: [
            { culprit: "acknowledgement 1", message: "It expired." },
            { culprit: "acknowledgement 3", message: "It has no reason." },
          ],
        },
        culprits: ["acknowledgement 1", "acknowledgement 3"],
      },
    },
  },
};
