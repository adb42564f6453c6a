import type { AuditReport } from "../../../components/permissions/audit";
import { count } from "../output";

/** What the registration was measured by, in words. */
export function measureText({ expected }: AuditReport): string {
  if (expected === undefined) return "judged by itself, without a profile";
  return `compared with the profile ${expected.profile}, ${expected.access}`;
}

/** The answer in a sentence. */
export function verdictText({ findings, registration }: AuditReport): string {
  if (findings.length === 0) {
    const gaps =
      registration.notRead.length === 0
        ? ""
        : ` ${registration.notRead.map(({ what }) => what).join(" and ")} were not read.`;
    return `Nothing to say against it.${gaps}`;
  }
  const numbers = (["high", "medium", "low"] as const).flatMap((severity) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number === 0 ? [] : [`${number} ${severity}`];
  });
  return `${count(findings.length, "finding")}: ${numbers.join(", ")}.`;
}
