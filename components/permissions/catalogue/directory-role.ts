import { didYouMean } from "../suggestion";
import { directoryRoles } from "./directory-roles.generated";

/** A line of the generated list: display name, template id, description. */
export type DirectoryRoleRow = readonly [displayName: string, templateId: string, description: string];

/** Display name of a built-in directory role. */
export type DirectoryRoleName = (typeof directoryRoles)[number][0];

/** A built-in Microsoft Entra directory role. */
export interface DirectoryRole {
  readonly displayName: string;
  /** Id of the role's template: the role definition id in every tenant. */
  readonly templateId: string;
  readonly description: string;
}

/** A directory role that Microsoft does not publish. */
export class UnknownDirectoryRoleError extends Error {
  override readonly name = "UnknownDirectoryRoleError";
}

/**
 * The built-in directory role of that display name.
 * @throws UnknownDirectoryRoleError with the name that was probably meant.
 */
export function findDirectoryRole(displayName: string): DirectoryRole {
  const rows: readonly DirectoryRoleRow[] = directoryRoles;
  const row = rows.find(([name]) => name === displayName);
  if (row !== undefined) return { displayName: row[0], templateId: row[1], description: row[2] };
  const hint = didYouMean(
    displayName,
    rows.map(([name]) => name),
  );
  throw new UnknownDirectoryRoleError(
    `Microsoft Entra has no built-in directory role "${displayName}".${hint}`,
  );
}
