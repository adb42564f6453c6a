import { z } from "zod";
import { connectorName } from "../harness/connector-name";
import { judged } from "../harness/outcome";
import { resourceRule } from "../harness/rule";
import { types } from "../harness/types";
import { readProperty } from "../harness/values";

export const singleTenant = resourceRule({
  id: "single-tenant",
  title: "Registrations are single tenant",
  severity: "high",
  enforcement: "mandatory",
  cause: "signInAudience is another one than AzureADMyOrg.",
  explanation:
    "A registration that other tenants can consent to carries its credential's reach beyond the one that reviewed it.",
  remediation: "Leave signInAudience out, or set it to AzureADMyOrg.",
  types: [types.application, types.applicationRegistration],
  config: z.strictObject({}),
  judge: (resource) => {
    const audience = readProperty(resource.properties, "signInAudience", z.string().default("AzureADMyOrg"));
    if (audience === "AzureADMyOrg") return judged([]);
    return judged([
      { culprit: audience, message: `The audience is ${audience}.`, connector: connectorName(resource) },
    ]);
  },
});
