/** Who may run what: the directory role decides which cmdlets an application finds. */
import type { Caller, Tenant } from "../core/types";
import type { Directory } from "../directory/open";
import { refusals } from "./errors";

/** What a cmdlet does. */
export type CmdletAccess = "read" | "write-recipients" | "write-organization";

const everything: readonly CmdletAccess[] = ["read", "write-recipients", "write-organization"];

/** Directory roles that Exchange Online takes from applications (page "App-only authentication in Exchange Online"). */
const roles: Readonly<Record<string, readonly CmdletAccess[]>> = {
  // Global Administrator, Exchange Administrator
  "62e90394-69f5-4237-9190-012177145e10": everything,
  "29232cdf-9323-42fd-ade2-1d097af3e4de": everything,
  // Exchange Recipient Administrator
  "31392ffb-586c-42d1-9346-e59415a2cc4e": ["read", "write-recipients"],
  // Global Reader, Security Reader
  "f2ef992c-3afb-46b9-b7cf-a126ee74c451": ["read"],
  "5d6b6bb7-de71-4623-b4af-96380a352509": ["read"],
};

/** What an application may do; throws 403 when it has none of the roles, or Exchange has not heard of them yet. */
export function accessOf(
  { directoryRoleAssignments }: Directory,
  { replication }: Pick<Tenant, "replication">,
  caller: Caller,
): ReadonlySet<CmdletAccess> {
  const held = directoryRoleAssignments
    .by("principalId", caller.objectId)
    .filter(({ directoryScopeId }) => directoryScopeId === "/")
    .filter(({ id }) =>
      replication.visible("exchange-roles", directoryRoleAssignments.times(id)?.createdAt ?? 0),
    )
    .flatMap(({ roleDefinitionId }) => roles[roleDefinitionId] ?? []);
  if (held.length === 0) throw refusals.noRole(caller.clientId);
  return new Set(held);
}
