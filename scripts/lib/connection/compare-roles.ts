import type { ConnectorManifest } from "../../../components/permissions/manifest";
import type { NamedPermission } from "./report";

/** The app roles that the tokens of a connector carry, by application id of the API. */
export type GrantedRoles = ReadonlyMap<string, readonly string[]>;

/** A permission that is asked for and not granted, with what finds it in the directory. */
interface MissingRole extends NamedPermission {
  /** Id of the app role. */
  readonly id: string;
}

/** What separates the tokens from the manifest. */
export interface RoleComparison {
  readonly requested: number;
  readonly granted: number;
  readonly missing: readonly MissingRole[];
  readonly surplus: readonly NamedPermission[];
}

/** Compares what the manifest asks for with what the tokens carry. */
export function compareRoles(
  manifest: Pick<ConnectorManifest, "apis">,
  granted: GrantedRoles,
): RoleComparison {
  const missing: MissingRole[] = [];
  const surplus: NamedPermission[] = [];
  let requested = 0;
  for (const api of manifest.apis) {
    const held = new Set(granted.get(api.resourceAppId) ?? []);
    const wanted = new Set(api.roles.map(({ value }) => value));
    requested += wanted.size;
    for (const { value, id } of api.roles)
      if (!held.has(value)) missing.push({ api: api.displayName, value, id });
    for (const value of held) if (!wanted.has(value)) surplus.push({ api: api.displayName, value });
  }
  return { requested, granted: requested - missing.length, missing, surplus };
}
