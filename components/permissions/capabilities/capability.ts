import type { RoleReference } from "../catalogue/apis";
import type { DirectoryRoleName } from "../catalogue/directory-role";
import type { Call } from "./call";

/** A permission of a capability and why it is the least that does. */
type CapabilityRole = RoleReference & {
  readonly reason: string;
  /** Clouds where it is needed; absent: everywhere. */
  readonly clouds?: readonly string[];
};

/** An answer that a probe may get, and what it tells. */
export interface ProbeAnswer {
  readonly status: number;
  /** Error code in the body, where the status alone is ambiguous. */
  readonly code?: string;
  readonly meaning: "works" | "notLicensed";
}

/** One harmless read that shows whether a capability works with the permissions granted. */
export interface RequestProbe {
  readonly kind: "request";
  readonly api: "graph" | "office365Management";
  readonly version: string;
  /** Path with its query: for Graph below the version, else whole, with `{tenantId}`. */
  readonly path: string;
  readonly expects: readonly ProbeAnswer[];
}

/** A capability that cannot be shown without changing something: only the token's permissions are compared. */
interface TokenProbe {
  readonly kind: "token";
  readonly note: string;
}

type Probe = RequestProbe | TokenProbe;

/** Something a connector does in the tenant: the calls it makes and the least that they need. */
export interface Capability {
  readonly id: string;
  /** For a reviewer: "Read users". */
  readonly title: string;
  readonly effect: "read" | "write";
  readonly calls: readonly Call[];
  readonly roles: readonly CapabilityRole[];
  /** Directory roles that the service principal itself must hold. */
  readonly directoryRoles: readonly DirectoryRoleName[];
  /** Why no narrower directory role does, where a reviewer would ask. */
  readonly directoryRoleReason?: string;
  readonly probe: Probe;
}

/** The probe of a Graph read that must simply succeed. */
export function graphProbe(path: string, ...further: readonly ProbeAnswer[]): RequestProbe {
  return {
    kind: "request",
    api: "graph",
    version: "v1.0",
    path,
    expects: [{ status: 200, meaning: "works" }, ...further],
  };
}
