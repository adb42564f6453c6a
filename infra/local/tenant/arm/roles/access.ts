import type { Caller, Replication, Store } from "../../core/types";
import { type Directory, openDirectory } from "../../directory/open";
import { ArmError } from "../errors";
import { isWithin } from "../ids";
import { openResources, type Resources, type RoleAssignment } from "../model";
import { builtInRole } from "./built-in";
import { allows, type Plane } from "./role";

/** Azure role-based access control: who may do what on which scope, by the role assignments there and above. */
export class Access {
  readonly #directory: Directory;
  readonly #resources: Resources;
  readonly #replication: Replication;

  constructor(parts: { readonly store: Store; readonly replication: Replication }) {
    this.#directory = openDirectory(parts.store);
    this.#resources = openResources(parts.store);
    this.#replication = parts.replication;
  }

  /** Whether the principal, or a group it is in, has a role that allows the action on the scope. */
  allows(objectId: string, plane: Plane, action: string, scope: string): boolean {
    return this.#assignmentsOf(objectId).some(
      (assignment) => isWithin(scope, assignment.scope) && this.#grants(assignment, plane, action),
    );
  }

  /** Whether the principal may read anything on the scope or below: a subscription is listed then. */
  seesWithin(objectId: string, scope: string): boolean {
    return this.#assignmentsOf(objectId).some(
      (assignment) => isWithin(scope, assignment.scope) || isWithin(assignment.scope, scope),
    );
  }

  /** @throws ArmError 403 AuthorizationFailed. */
  require(caller: Caller, action: string, scope: string): void {
    if (this.allows(caller.objectId, "actions", action, scope)) return;
    throw new ArmError(
      403,
      "AuthorizationFailed",
      `The client '${caller.clientId}' with object id '${caller.objectId}' does not have authorization to perform action ` +
        `'${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
    );
  }

  #grants(assignment: RoleAssignment, plane: Plane, action: string): boolean {
    const role = builtInRole(assignment.roleId);
    return role !== undefined && allows(role, plane, action);
  }

  /** The assignments that have reached the place where they are checked. */
  #assignmentsOf(objectId: string): RoleAssignment[] {
    const { roleAssignments } = this.#resources;
    return [...this.#principalsOf(objectId)]
      .flatMap((id) => roleAssignments.by("principalId", id))
      .filter(({ id }) => this.#replication.visible("references", roleAssignments.times(id)?.createdAt ?? 0));
  }

  /** The principal and every group that it is in, directly or through other groups. */
  #principalsOf(objectId: string): ReadonlySet<string> {
    const found = new Set([objectId]);
    for (const id of found) {
      for (const { containerId } of this.#directory.memberships.by("memberId", id)) found.add(containerId);
    }
    return found;
  }
}
