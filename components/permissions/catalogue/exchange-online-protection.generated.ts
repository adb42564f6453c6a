/** Application permissions of Microsoft Exchange Online Protection: the published service principal of the API; texts by Microsoft for Graph, by us for the others. Made by generate.ts: change that, not this. */
import type { RoleRow } from "./role";

export const exchangeOnlineProtectionRoles = [
  ["Exchange.ManageAsApp", "455e5cd2-84e8-4751-8344-5672145dfa17", "write", "Manage Exchange as an application", "Runs Exchange Online administration without a user, in the clouds where this API carries it (GCC High, DoD)."],
] as const satisfies readonly RoleRow[];
