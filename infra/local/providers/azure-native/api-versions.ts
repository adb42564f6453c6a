/** The API version of each kind: those that the official provider chooses for the same SDK version. */
export const apiVersions = {
  resourceGroup: "2024-03-01",
  userAssignedIdentity: "2023-01-31",
  roleAssignment: "2022-04-01",
  vault: "2024-11-01",
  vaultSecret: "2024-11-01",
} as const;

/** A kind of ARM resource that has an API version here. */
export type ArmKind = keyof typeof apiVersions;

/** The path with the API version of its kind. */
export function versioned(path: string, kind: ArmKind): string {
  return `${path}?api-version=${apiVersions[kind]}`;
}
