/** Who holds which directory role: by assignment, by eligibility, or as a member of a group that does. */
import type { Tier } from "../../permissions/manifest";
import { tierOfDirectoryRole } from "../../permissions/tiers/tier";
import type { Handlers, RecordName, Records } from "../records";

export const roleHolderNeeds = [
  "roleDefinition",
  "roleAssignment",
  "group",
  "groupMember",
] as const satisfies readonly RecordName[];
export const roleHolderUses = ["roleEligibility"] as const satisfies readonly RecordName[];
export const roleFields = [
  "unifiedRoleAssignment.principalId",
  "unifiedRoleAssignment.roleDefinitionId",
  "unifiedRoleAssignment.directoryScopeId",
  "unifiedRoleEligibilityScheduleInstance.principalId",
  "unifiedRoleEligibilityScheduleInstance.roleDefinitionId",
  "unifiedRoleDefinition.displayName",
  "group.members",
] as const;

/** One role of one principal. */
export interface Holding {
  readonly roleDefinitionId: string;
  readonly roleName: string;
  readonly tier: Tier;
  /** `/`: the tenant. */
  readonly scope: string;
  /** May activate it; otherwise holds it all the time. */
  readonly eligible: boolean;
  /** Display name of the group by which it is held. */
  readonly via?: string;
}

type Held = Records["roleAssignment"] & { readonly eligible: boolean };

/** Template id, the same in every tenant. */
export const globalAdministrator = "62e90394-69f5-4237-9190-012177145e10";

/** Roles that every member or guest has anyway. */
const ordinary: ReadonlySet<string> = new Set([
  "a0b1b346-4d3e-4e8b-98f8-753987be4970", // User
  "10dae51f-b6af-4016-8d66-8c2a99b929b3", // Guest User
  "2af84b1e-32c8-42b7-82bc-daa82404023b", // Restricted Guest User
]);

export class RoleHolders {
  private readonly definitions = new Map<string, Records["roleDefinition"]>();
  private readonly byPrincipal = new Map<string, Held[]>();
  private readonly groups = new Map<string, string[]>();
  private readonly groupNames = new Map<string, string>();

  readonly on: Handlers = {
    roleDefinition: (definition) => void this.definitions.set(definition.id, definition),
    roleAssignment: (assignment) => this.hold({ ...assignment, eligible: false }),
    roleEligibility: (eligibility) => this.hold({ ...eligibility, eligible: true }),
    group: ({ id, displayName }) => {
      if (this.byPrincipal.has(id)) this.groupNames.set(id, displayName ?? id);
    },
    // Groups that hold roles can't be nested.
    groupMember: ({ parentId, relatedId }) => {
      if (!this.byPrincipal.has(parentId)) return;
      const groups = this.groups.get(relatedId);
      if (groups === undefined) this.groups.set(relatedId, [parentId]);
      else groups.push(parentId);
    },
  };

  /** Every role of a principal; empty for most. */
  of(principalId: string): readonly Holding[] {
    const direct = this.byPrincipal.get(principalId);
    const groups = this.groups.get(principalId);
    if (direct === undefined && groups === undefined) return none;
    return [
      ...(direct ?? []).map((held) => this.holding(held)),
      ...(groups ?? []).flatMap((group) =>
        (this.byPrincipal.get(group) ?? []).map((held) => ({
          ...this.holding(held),
          via: this.groupNames.get(group) ?? group,
        })),
      ),
    ];
  }

  private hold(held: Held): void {
    if (ordinary.has(held.roleDefinitionId)) return;
    const all = this.byPrincipal.get(held.principalId);
    if (all === undefined) this.byPrincipal.set(held.principalId, [held]);
    else all.push(held);
  }

  private holding({ roleDefinitionId, directoryScopeId, eligible }: Held): Holding {
    const roleName = this.definitions.get(roleDefinitionId)?.displayName ?? roleDefinitionId;
    return {
      roleDefinitionId,
      roleName,
      tier: tierOfDirectoryRole(roleName).tier,
      scope: directoryScopeId ?? "/",
      eligible,
    };
  }
}

const none: readonly Holding[] = [];

/** `User Administrator (eligible, by "Tier 0")`, one after the other. */
export function describeHoldings(holdings: readonly Holding[]): string {
  return [...new Set(holdings.map(describe))].sort().join(", ");
}

function describe({ roleName, eligible, via, scope }: Holding): string {
  const remarks = [
    ...(eligible ? ["eligible"] : []),
    ...(via === undefined ? [] : [`by "${via}"`]),
    ...(scope === "/" ? [] : [`on ${scope}`]),
  ];
  return remarks.length === 0 ? roleName : `${roleName} (${remarks.join(", ")})`;
}
