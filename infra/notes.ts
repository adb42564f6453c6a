/** What administrators read in the portal about a registration that this stack made. */
import type { ConnectorManifest } from "../components/permissions/manifest";
import type { ConnectorSettings } from "../components/permissions/settings";

/** Longest text that Microsoft Graph keeps in `notes`. */
const LIMIT = 1024;

/** Notes of the application: who made it, what for, where to change it, then the entry's own words. */
export function registrationNotes(stack: string, connector: ConnectorSettings): string {
  const { name, profile, access, permissions, consent, notes } = connector;
  return shortened([
    `Managed by entra-connectors, stack ${stack}, entry "${name}". Change it in the stack's settings, not here.`,
    `Profile ${profile}, access ${access}, permissions ${permissions}, consent ${consent}.`,
    ...(notes === undefined ? [] : [notes]),
  ]);
}

/** Notes of the enterprise application: why it holds each directory role. */
export function principalNotes(stack: string, manifest: ConnectorManifest): string {
  const roles = manifest.directoryRoles.map(({ displayName, because, justification }) => {
    const reasons = justification === undefined ? because : [justification, ...because];
    return `${displayName}: ${reasons.map((reason) => reason.replaceAll("`", "").replace(/\.$/, "")).join("; ")}.`;
  });
  return shortened([`Managed by entra-connectors, stack ${stack}, entry "${manifest.name}".`, ...roles]);
}

function shortened(lines: readonly string[]): string {
  const text = lines.join("\n");
  return text.length <= LIMIT ? text : `${text.slice(0, LIMIT - 1)}…`;
}
