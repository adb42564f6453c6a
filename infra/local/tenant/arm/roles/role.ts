/** A role definition: what its holder may do on a scope and below. */
export interface RoleDefinition {
  /** The GUID, the same in every tenant. */
  readonly id: string;
  readonly roleName: string;
  readonly description: string;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
}

type Grant = Partial<Pick<RoleDefinition, "actions" | "notActions" | "dataActions">>;

/** A role definition with empty lists where none is given. */
export function role(id: string, roleName: string, description: string, grant: Grant): RoleDefinition {
  const none = { actions: [], notActions: [], dataActions: [], notDataActions: [] };
  return { id, roleName, description, ...none, ...grant };
}

/** Control plane or data plane. */
export type Plane = "actions" | "dataActions";

/** Whether the role allows the action: matched by one of its actions and by none of its exclusions. */
export function allows(role: RoleDefinition, plane: Plane, action: string): boolean {
  const excluded = plane === "actions" ? role.notActions : role.notDataActions;
  return (
    role[plane].some((pattern) => matches(pattern, action)) &&
    !excluded.some((pattern) => matches(pattern, action))
  );
}

const expressions = new Map<string, RegExp>();

/** `*` stands for any text, also across slashes. */
function matches(pattern: string, action: string): boolean {
  const known = expressions.get(pattern);
  if (known !== undefined) return known.test(action);
  const escaped = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const expression = new RegExp(`^${escaped.join(".*")}$`, "i");
  expressions.set(pattern, expression);
  return expression.test(action);
}
