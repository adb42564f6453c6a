import { z } from "zod";
import { findDirectoryRole } from "../../components/permissions/catalogue/directory-role";
import { directoryRoleIds, knownRequestedRoles } from "../harness/belonging";
import { judged, notApplicable } from "../harness/outcome";
import { describeRole, type KnownRole } from "../harness/roles";
import { stackRule } from "../harness/rule";

export const readOnlySet = stackRule({
  id: "read-only-set",
  title: "A read-only connector can't write",
  severity: "high",
  enforcement: "mandatory",
  cause:
    "A connector with access: read-only and permissions: minimal asks for a permission that can change something.",
  explanation: "People who read read-only in the settings believe it.",
  remediation: "Drop the permission, or set access: read-write and have that reviewed.",
  config: z.strictObject({}),
  judge: (stack) => {
    const readOnly = stack.connectors.filter(
      ({ manifest }) => manifest?.access === "read-only" && manifest.permissions === "minimal",
    );
    if (readOnly.length === 0)
      return notApplicable("No connector is read-only with the minimal permissions.");
    const globalReader = findDirectoryRole("Global Reader").templateId;
    return judged(
      readOnly.flatMap((connector) => {
        const held = directoryRoleIds(stack, connector);
        const readsExchange = held.size === 1 && held.has(globalReader);
        return knownRequestedRoles(stack, connector)
          .filter((known) => known.role.effect === "write" && !(readsExchange && managesExchange(known)))
          .map((known) => ({
            culprit: known.role.value,
            message: `${describeRole(known)} can change something.`,
            connector: connector.slug,
            urn: connector.urn,
          }));
      }),
    );
  },
});

/** The one permission that opens Exchange at all; beside Global Reader alone it only reads. */
function managesExchange({ api, role }: KnownRole): boolean {
  return api !== "graph" && role.value === "Exchange.ManageAsApp";
}
