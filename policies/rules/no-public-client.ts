import { z } from "zod";
import { connectorName } from "../harness/connector-name";
import { judged } from "../harness/outcome";
import { resourceRule } from "../harness/rule";
import { types } from "../harness/types";
import { readProperty } from "../harness/values";

export const noPublicClient = resourceRule({
  id: "no-public-client",
  title: "Registrations are no public clients",
  severity: "high",
  enforcement: "mandatory",
  cause: "A registration may be used as a public client, without a credential.",
  explanation:
    "A public client lets anybody start sign-ins in the application's name, device code flows among them.",
  remediation: "Switch public client flows off.",
  types: [types.application, types.applicationFallbackPublicClient],
  config: z.strictObject({}),
  judge: (resource) => {
    const property = resource.type === types.application ? "fallbackPublicClientEnabled" : "enabled";
    if (!readProperty(resource.properties, property, z.boolean().default(false))) return judged([]);
    return judged([
      { culprit: property, message: "Public client flows are on.", connector: connectorName(resource) },
    ]);
  },
});
