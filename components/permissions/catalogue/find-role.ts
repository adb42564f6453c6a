import { didYouMean } from "../suggestion";
import { type ApiName, apis } from "./apis";
import type { CatalogueRole, RoleRow } from "./role";

/** A permission that the API does not publish. */
export class UnknownRoleError extends Error {
  override readonly name = "UnknownRoleError";
}

/**
 * The permission of that name.
 * Where an API publishes a name twice, this is the one that Microsoft documents.
 * @throws UnknownRoleError with the name that was probably meant.
 */
export function findRole(api: ApiName, value: string): CatalogueRole {
  const index = indexOf(api);
  const row = index.byValue.get(value);
  if (row !== undefined) return toRole(row);
  const hint = didYouMean(value, [...index.byValue.keys()]) || ` See: permissions list --api ${api}.`;
  throw new UnknownRoleError(
    `${apis[api].displayName} publishes no application permission "${value}".${hint}`,
  );
}

/** The permission with that app role id, or undefined: a tenant may publish ids that the catalogue does not know. */
export function findRoleById(api: ApiName, id: string): CatalogueRole | undefined {
  const row = indexOf(api).byId.get(id.toLowerCase());
  return row === undefined ? undefined : toRole(row);
}

interface RoleIndex {
  readonly byValue: ReadonlyMap<string, RoleRow>;
  readonly byId: ReadonlyMap<string, RoleRow>;
}

/** Made at the first question about an API: most programs ask about one or two. */
const indexes = new Map<ApiName, RoleIndex>();

function indexOf(api: ApiName): RoleIndex {
  const known = indexes.get(api);
  if (known !== undefined) return known;
  const rows: readonly RoleRow[] = apis[api].rows;
  const index = {
    byValue: new Map([...rows].reverse().map((row) => [row[0], row])),
    byId: new Map(rows.map((row) => [row[1], row])),
  };
  indexes.set(api, index);
  return index;
}

function toRole([value, id, effect, title, description, state]: RoleRow): CatalogueRole {
  return { value, id, effect, title, description, enabled: state !== "disabled" };
}
