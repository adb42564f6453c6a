/** The local tenant's own guard, which is independent of the product's data: what would it say to a call? */
import type { Call } from "../../../components/permissions/capabilities/call";
import { authorize, hasRow } from "../../../infra/local/tenant/graph/authorization/authorize";

const versionOf = (call: Call) => (call.version === "beta" ? "beta" : "v1.0");
const pathOf = (call: Call) => call.path.split("?")[0] ?? call.path;

export function tenantKnows(call: Call): boolean {
  return hasRow(call.method, pathOf(call));
}

/** True when the permissions reach every object of the tenant by that call. */
export function tenantAllows(granted: Iterable<string>, call: Call): boolean {
  const roles = [...granted];
  // "signInActivity" in the reference of the user resource: AuditLog.Read.All is needed besides.
  if (call.select === "signInActivity" && !roles.includes("AuditLog.Read.All")) return false;
  const reach = authorize(
    {
      method: call.method,
      path: pathOf(call),
      version: versionOf(call),
      bodyProperties: call.properties ?? [],
    },
    roles,
  );
  return reach === "all";
}
