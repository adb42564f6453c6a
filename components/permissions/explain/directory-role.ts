import { type DirectoryRole, findDirectoryRole } from "../catalogue/directory-role";
import { directoryRolePhrase } from "../diff/plain-words";
import { type Judgement, tierOfDirectoryRole } from "../tiers/tier";
import { allUses, type Use } from "./uses";

export interface DirectoryRoleExplanation {
  readonly kind: "directoryRole";
  readonly role: DirectoryRole;
  /** Goes on "It can …". */
  readonly canDo: string;
  readonly judgement: Judgement;
  readonly uses: readonly Use[];
}

/** @throws UnknownDirectoryRoleError when Microsoft publishes none of that name. */
export function explainDirectoryRole(displayName: string): DirectoryRoleExplanation {
  return {
    kind: "directoryRole",
    role: findDirectoryRole(displayName),
    canDo: directoryRolePhrase(displayName),
    judgement: tierOfDirectoryRole(displayName),
    uses: allUses().filter(({ capability }) =>
      capability.directoryRoles.some((name) => name === displayName),
    ),
  };
}
