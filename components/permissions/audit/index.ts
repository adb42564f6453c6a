/** `permissions audit`: judges a registration that exists, by itself or against a profile. */
import type { ConnectorManifest } from "../manifest";
import { credentialFindings } from "./credential-findings";
import { exposureFindings } from "./exposure-findings";
import { dangerousFirst, type Finding } from "./finding";
import { judgeRole } from "./judged";
import { ownerFindings } from "./owner-findings";
import { permissionFindings } from "./permission-findings";
import type { Registration } from "./registration";

/** A registration with everything that is to be said about it. */
export interface AuditReport {
  readonly registration: Registration;
  /** What the profile needs; undefined when the registration is judged by itself. */
  readonly expected: ConnectorManifest | undefined;
  /** ISO date-time of the look. */
  readonly at: string;
  /** The most dangerous first. */
  readonly findings: readonly Finding[];
}

/** What a registration is measured by. */
export interface Measure {
  readonly expected?: ConnectorManifest | undefined;
  readonly now: Date;
}

/** Judges a registration. Pure. */
export function auditRegistration(registration: Registration, { expected, now }: Measure): AuditReport {
  const granted = (registration.principal?.grantedRoles ?? []).map(judgeRole);
  return {
    registration,
    expected,
    at: now.toISOString(),
    findings: dangerousFirst([
      ...permissionFindings(registration, expected),
      ...ownerFindings(registration, granted),
      ...credentialFindings(registration, now),
      ...exposureFindings(registration),
    ]),
  };
}
