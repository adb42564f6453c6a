/** A stack's manifest for a person who must judge it: danger first, plain words beside names, connector by connector. */
import { apis } from "../../../components/permissions/catalogue/apis";
import { appRolePhrase, directoryRolePhrase } from "../../../components/permissions/diff/plain-words";
import type {
  ConnectorManifest,
  CredentialGrant,
  Manifest,
  Tier,
} from "../../../components/permissions/manifest";
import { findProfile } from "../../../components/profiles";
import { paintTier } from "../explain/words";
import { type Column, paragraph, wrappedTable } from "../layout";
import { count } from "../output";
import { palette } from "../terminal";

const graph = apis.graph.displayName;

/** A permission or directory role in one line. */
interface Right {
  readonly tier: Tier;
  readonly name: string;
  readonly allows: string;
  readonly because: string;
}

/** The whole manifest. */
export function manifestText(manifest: Manifest): string {
  const connectors = manifest.connectors
    .map((connector) => ({ connector, rights: rightsOf(connector) }))
    .sort((a, b) => gravest(a.rights).localeCompare(gravest(b.rights)));
  const all = connectors.flatMap(({ rights }) => rights);
  return [
    summary(connectors.length, all),
    ...connectors.map(({ connector, rights }) => connectorText(connector, rights)),
    ...azureRolesText(manifest),
  ].join("\n\n");
}

function summary(connectors: number, rights: readonly Right[]): string {
  const of = (tier: Tier) => rights.filter((right) => right.tier === tier).length;
  const head = `${count(connectors, "connector")}, ${count(rights.length, "permission or directory role", "permissions and directory roles")}: ${of("T0")} of tier T0, ${of("T1")} of T1, ${of("T2")} of T2.`;
  const meaning =
    "T0 is a path to Global Administrator; T1 writes tenant-wide, or reads secrets, mail or files; T2 is other reads.";
  return [palette().bold(head), palette().dim(paragraph(meaning))].join("\n");
}

/** The permissions and directory roles, gravest first. */
function rightsOf(connector: ConnectorManifest): readonly Right[] {
  const appRoles = connector.apis.flatMap(({ displayName, roles }) =>
    roles.map(({ value, tier, because }) => ({
      tier,
      name: value,
      allows: `${appRolePhrase(displayName, value)}${displayName === graph ? "" : ` (${displayName})`}`,
      because: reasons(because),
    })),
  );
  const roles = connector.directoryRoles.map(({ displayName, tier, because }) => ({
    tier,
    name: displayName,
    allows: `${directoryRolePhrase(displayName)} (directory role)`,
    because: reasons(because),
  }));
  return [...appRoles, ...roles].sort((a, b) => a.tier.localeCompare(b.tier));
}

/** What it is there for; of the narrower permissions that it makes unnecessary the names alone. */
function reasons(because: readonly string[]): string {
  const covered = because.flatMap((reason) => /^covers ([^:]+):/.exec(reason)?.[1] ?? []);
  const own = because.filter((reason) => !/^covers [^:]+:/.test(reason));
  return [...own, ...(covered.length === 0 ? [] : [`covers ${[...new Set(covered)].join(", ")}`])].join("; ");
}

function gravest(rights: readonly Right[]): Tier {
  return rights[0]?.tier ?? "T2";
}

function connectorText(connector: ConnectorManifest, rights: readonly Right[]): string {
  const { name, profile, tenantId, access, consent, permissions, credentials } = connector;
  const { bold, dim } = palette();
  const granted =
    consent === "grant"
      ? "Consent is given by the deployment."
      : "Consent is asked of an administrator: nothing is granted by the deployment.";
  const printed =
    permissions === "documented" ? ["Asks for the vendor's printed list as it is, needed or not."] : [];
  const facts = [`Signs in by ${credentials.map(credentialText).join(", or by ")}.`, granted, ...printed];
  return [
    `${bold(name)}  ${dim(`${findProfile(profile).title} (${profile}) · ${access} · tenant ${tenantId}`)}`,
    paragraph(facts.join(" "), "  "),
    rightsTable(rights),
  ].join("\n");
}

function rightsTable(rights: readonly Right[]): string {
  if (rights.length === 0) return "  Asks for no permission.";
  const columns: readonly Column[] = [
    { title: "Tier", paint: paintTier },
    { title: "Permission" },
    { title: "It can", share: 4 },
    { title: "Because", share: 5 },
  ];
  const rows = rights.map(({ tier, name, allows, because }) => [tier, name, allows, because]);
  return wrappedTable(columns, rows, "  ");
}

function credentialText(credential: CredentialGrant): string {
  if (credential.kind === "federated") {
    const whose = credential.subject === undefined ? "the stack's collector" : credential.subject;
    return `federated identity of ${whose} (no secret)`;
  }
  if (credential.kind === "vendorCertificate") {
    return `the vendor's certificate, to ${credential.notAfter.slice(0, 10)}`;
  }
  const what = credential.kind === "clientSecret" ? "client secret" : "certificate";
  return `${what} of ${credential.lifetimeDays} days, renewed ${credential.overlapDays} days before its end`;
}

function azureRolesText({ azureRoleAssignments }: Manifest): readonly string[] {
  if (azureRoleAssignments.length === 0) return [];
  const columns: readonly Column[] = [
    { title: "Tier", paint: paintTier },
    { title: "Azure role" },
    { title: "On", share: 1 },
    { title: "To", share: 1 },
  ];
  const rows = azureRoleAssignments.map(({ role, scope, tier, because }) => [
    tier,
    role,
    scope,
    because.join("; "),
  ]);
  const head = "The collector's own identities in Azure";
  return [[palette().bold(head), wrappedTable(columns, rows, "  ")].join("\n")];
}
