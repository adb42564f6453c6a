import { type CollectorRole, findCollectorRole } from "../planning/collector-roles";

/** An Azure role that the collector's function apps hold. */
export interface AzureRoleExplanation {
  readonly kind: "azureRole";
  readonly role: CollectorRole;
}

/** The Azure role of that name or id, where it is one of the collector's. */
export function explainAzureRole(word: string): readonly AzureRoleExplanation[] {
  const role = findCollectorRole(word);
  return role === undefined ? [] : [{ kind: "azureRole", role }];
}
