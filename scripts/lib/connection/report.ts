/** What a test of a connection found, in plain values: printed as JSON, turned to text by `text.ts`. */

/** A permission by API and name, as a person reads it. */
export interface NamedPermission {
  readonly api: string;
  readonly value: string;
}

/** What one capability's harmless read showed. */
export interface ProbeResult {
  readonly capability: string;
  readonly title: string;
  /** `notTried`: it can't be shown without changing something, so only the permissions were compared. */
  readonly result: "works" | "notLicensed" | "notTried" | "failed";
  readonly note?: string;
  /** What to do about a failure, where its cause is known. */
  readonly next?: string;
}

/** A directory role that the connector asks for, and whether it has it. */
export interface DirectoryRoleResult {
  readonly displayName: string;
  /** `notChecked`: the operator may not read role assignments. */
  readonly result: "assigned" | "missing" | "notChecked";
}

type ConnectionState = "Connected" | "Not granted" | "Off" | "Not tested" | "Error";

/** One connector. */
export interface ConnectionReport {
  readonly connector: string;
  readonly name: string;
  readonly state: ConnectionState;
  readonly consent: "grant" | "request";
  readonly credential: string;
  readonly requested: number;
  readonly granted: number;
  /** Asked for, and not in the token. */
  readonly missing: readonly NamedPermission[];
  /** In the token, and not asked for. */
  readonly surplus: readonly NamedPermission[];
  readonly directoryRoles: readonly DirectoryRoleResult[];
  readonly probes: readonly ProbeResult[];
  /** What is wrong, one sentence. */
  readonly problem?: string;
  /** What to do about it. */
  readonly next?: string;
}

/** True when nothing is left to do: every connector that is on is connected. */
export function allConnected(reports: readonly ConnectionReport[]): boolean {
  return reports.every(({ state }) => state === "Connected" || state === "Off");
}
