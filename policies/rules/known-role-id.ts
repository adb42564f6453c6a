import { z } from "zod";
import { apiOfAppId } from "../../components/permissions/catalogue/find-api";
import { connectorName } from "../harness/connector-name";
import { judged } from "../harness/outcome";
import { knownRole, type RequestedAccess, requestedAccess, requestTypes } from "../harness/roles";
import { resourceRule } from "../harness/rule";

export const knownRoleId = resourceRule({
  id: "known-role-id",
  title: "Every permission id is a published, usable one",
  severity: "high",
  enforcement: "mandatory",
  cause:
    "An application asks for an id that Microsoft does not publish, or publishes switched off, or of an API that the catalogue does not hold.",
  explanation:
    "A permission that nobody can name can't be reviewed; ids of hidden workloads have been used to hide what is asked for.",
  remediation:
    "Name the permission by its published id (permissions list), or list an API of your own in otherApis.",
  types: requestTypes,
  config: z.strictObject({
    otherApis: z
      .array(z.guid().toLowerCase())
      .default([])
      .describe("Application ids of further APIs whose permissions are not judged."),
  }),
  judge: (resource, { config: { otherApis } }) =>
    judged(
      requestedAccess(resource)
        .filter(({ type, resourceAppId = "" }) => type === "Role" && !otherApis.includes(resourceAppId))
        .flatMap((one) => {
          const problem = problemOf(one);
          return problem === undefined
            ? []
            : [{ culprit: one.id, message: problem, connector: connectorName(resource) }];
        }),
    ),
});

function problemOf(access: RequestedAccess): string | undefined {
  const { id, resourceAppId = "" } = access;
  if (apiOfAppId(resourceAppId) === undefined)
    return `${id} belongs to the API ${resourceAppId}, which the catalogue does not hold.`;
  // An id of another API is the finding of role-of-named-api.
  const known = knownRole(access) ?? knownRole({ ...access, resourceAppId: undefined });
  if (known === undefined) return `No API publishes the permission id ${id}.`;
  return known.role.enabled
    ? undefined
    : `${known.role.value} (${id}) is published switched off: nobody can grant it.`;
}
