import { z } from "zod";
import { apiOfAppId } from "../../components/permissions/catalogue/find-api";
import { connectorName } from "../harness/connector-name";
import { judged } from "../harness/outcome";
import { describeRole, knownRole, requestedAccess, requestTypes } from "../harness/roles";
import { resourceRule } from "../harness/rule";

export const roleOfNamedApi = resourceRule({
  id: "role-of-named-api",
  title: "Every permission id belongs to the API that it is asked of",
  severity: "high",
  enforcement: "mandatory",
  cause: "An application asks one API for the permission id of another.",
  explanation:
    "The request reads harmless beside the API's name, and can't be granted or grants something else.",
  remediation: "Ask for the permission at the API that publishes it.",
  types: requestTypes,
  config: z.strictObject({}),
  judge: (resource) =>
    judged(
      requestedAccess(resource)
        .filter(
          (access) => apiOfAppId(access.resourceAppId ?? "") !== undefined && knownRole(access) === undefined,
        )
        .flatMap((access) => {
          const elsewhere = knownRole({ ...access, resourceAppId: undefined });
          if (elsewhere === undefined) return [];
          const message = `${access.id} is ${describeRole(elsewhere)} and is asked of the API ${access.resourceAppId}.`;
          return [{ culprit: elsewhere.role.value, message, connector: connectorName(resource) }];
        }),
    ),
});
