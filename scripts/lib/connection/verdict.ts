/** From what a test found to a state, a cause and the next step. */
import type { ConnectorOutput } from "../../../infra/outputs";
import { count } from "../output";
import type { ConnectionReport } from "./report";

type Verdict = Pick<ConnectionReport, "state" | "problem" | "next">;

/** Judges a finished test. */
export function judge(found: ConnectionReport, connector: ConnectorOutput): Verdict {
  if (found.missing.length > 0) return notGranted(found, connector);
  const missingRole = found.directoryRoles.find(({ result }) => result === "missing");
  if (missingRole) return roleMissing(missingRole.displayName, connector);
  const failed = found.probes.find(({ result }) => result === "failed");
  if (failed) {
    return {
      state: "Error",
      problem: `"${failed.title}" does not work. ${failed.note ?? ""}`.trim(),
      next: failed.next ?? nextOfFailed(connector),
    };
  }
  return { state: "Connected" };
}

/** A vendor's printed list may lack what the product calls: then waiting helps nobody. */
function nextOfFailed({ manifest }: ConnectorOutput): string {
  const wait = "Permissions given a moment ago can take some minutes: run it again.";
  if (manifest.permissions === "minimal") return wait;
  return `${wait}\nIf it stays, the vendor's printed list is not enough for it: set permissions: minimal.`;
}

function notGranted(found: ConnectionReport, { consent }: ConnectorOutput): Verdict {
  const names = found.missing.map(({ value, api }) => `${value} (${api})`);
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  const grantHere = [
    "An administrator can grant it here:",
    `  ${consent.portalUrl}`,
    `  or consent to all of it at once: ${consent.adminConsentUrl}`,
  ];
  const otherwise =
    consent.mode === "request"
      ? "or set consent: grant (the deployer then needs AppRoleAssignment.ReadWrite.All)."
      : "or have this stack grant it again: npm run -s cli -- up --refresh";
  return {
    state: "Not granted",
    problem: `the tenant has not granted ${shown.join(", ")}.`,
    next: [
      `Granted ${found.granted} of ${count(found.requested, "permission")} · consent: ${consent.mode}`,
      ...grantHere,
      otherwise,
    ].join("\n"),
  };
}

function roleMissing(displayName: string, { consent, manifest }: ConnectorOutput): Verdict {
  const assign = `Entra admin center > Roles and administrators > ${displayName} > Add assignments > ${manifest.name}`;
  return {
    state: "Not granted",
    problem: `its service principal does not hold the directory role ${displayName}.`,
    next:
      consent.mode === "request"
        ? `An administrator assigns it, active and permanent: ${assign}\nor set consent: grant (the deployer then needs RoleManagement.ReadWrite.Directory).`
        : `Have this stack assign it again: npm run -s cli -- up --refresh\nor an administrator does: ${assign}`,
  };
}
