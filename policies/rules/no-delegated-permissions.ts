import { z } from "zod";
import { connectorName } from "../harness/connector-name";
import { judged } from "../harness/outcome";
import { requestedAccess, requestTypes } from "../harness/roles";
import { resourceRule } from "../harness/rule";
import { types } from "../harness/types";
import { readProperty } from "../harness/values";

export const noDelegatedPermissions = resourceRule({
  id: "no-delegated-permissions",
  title: "Connectors have no delegated permissions",
  severity: "high",
  enforcement: "mandatory",
  cause: "An application asks for a delegated permission, or is granted one.",
  explanation: "A connector signs in as itself; a delegated permission would let it act as a person.",
  remediation: "Ask for the application permission instead.",
  types: [...requestTypes, types.delegatedGrant],
  config: z.strictObject({}),
  judge: (resource) => {
    const connector = connectorName(resource);
    if (resource.type === types.delegatedGrant) {
      const scopes = readProperty(resource.properties, "claimValues", z.array(z.string()));
      return judged(
        scopes.map((scope) => ({
          culprit: scope,
          message: `${scope} is granted as a delegated permission.`,
          connector,
        })),
      );
    }
    return judged(
      requestedAccess(resource)
        .filter(({ type }) => type !== "Role")
        .map(({ id, type }) => ({
          culprit: id,
          message: `${id} is asked for as ${type}, a delegated permission.`,
          connector,
        })),
    );
  },
});
