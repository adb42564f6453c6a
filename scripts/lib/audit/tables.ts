/** The facts of an audit as rows, which the terminal and Markdown draw each in its way. */
import type { AuditReport } from "../../../components/permissions/audit";
import { judgeDirectoryRole, judgeRole, roleKey } from "../../../components/permissions/audit/judged";
import type { HeldCredential, Registration } from "../../../components/permissions/audit/registration";

/** A titled table. */
export interface FactTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Said in place of an empty table. */
  readonly empty: string;
}

/** Permissions, directory roles, credentials and owners. */
export function factTables(report: AuditReport): readonly FactTable[] {
  const { registration } = report;
  return [
    permissions(report),
    directoryRoles(registration),
    credentials(registration, report.at),
    owners(registration),
  ];
}

function permissions({ registration: audited, expected }: AuditReport): FactTable {
  const requested = new Set((audited.registration?.requestedRoles ?? []).map(roleKey));
  const granted = audited.principal?.grantedRoles ?? [];
  const grantedKeys = new Set(granted.map(roleKey));
  const pending = (audited.registration?.requestedRoles ?? []).filter(
    (role) => !grantedKeys.has(roleKey(role)),
  );
  const wanted = new Set(
    expected?.apis.flatMap(({ resourceAppId, roles }) =>
      roles.map(({ id }) => roleKey({ resourceAppId, id })),
    ),
  );
  const row = (role: (typeof granted)[number], state: string) => {
    const judged = judgeRole(role);
    const needed = expected === undefined ? [] : [wanted.has(roleKey(role)) ? "yes" : "no"];
    return [judged.name, judged.api, judged.tier, judged.writes ? "write" : "read", state, ...needed];
  };
  const here = audited.registration !== undefined;
  return {
    title: "Application permissions",
    head: ["Permission", "API", "Tier", "Effect", "Consent", ...(expected === undefined ? [] : ["Needed"])],
    rows: [
      ...granted.map((role) =>
        row(role, !here || requested.has(roleKey(role)) ? "granted" : "granted, not asked for"),
      ),
      ...pending.map((role) => row(role, "asked for, not granted")),
    ],
    empty: "None.",
  };
}

function directoryRoles({ principal }: Registration): FactTable {
  return {
    title: "Directory roles",
    head: ["Role", "Tier", "Scope"],
    rows: (principal?.directoryRoles ?? []).map((role) => [
      role.displayName ?? role.templateId,
      judgeDirectoryRole(role).tier,
      role.scope === "/" ? "whole tenant" : role.scope,
    ]),
    empty: principal !== undefined && principal.directoryRoles === undefined ? "Not read." : "None.",
  };
}

const kinds = { clientSecret: "client secret", certificate: "certificate", federated: "federated" } as const;

function credentials({ credentials: held }: Registration, at: string): FactTable {
  return {
    title: "Credentials",
    head: ["Kind", "Name", "On", "Age", "Expires"],
    rows: held.map((one) => [kinds[one.kind], one.name, one.on, ageOf(one, at), expiryOf(one, at)]),
    empty: "None: nothing can sign in as it.",
  };
}

function ageOf({ start }: HeldCredential, at: string): string {
  return start === undefined ? "–" : days(Date.parse(at) - Date.parse(start));
}

function expiryOf({ end, trusts }: HeldCredential, at: string): string {
  if (end === undefined) return trusts === undefined ? "never" : `never; trusts ${trusts}`;
  const left = Date.parse(end) - Date.parse(at);
  return `${end.slice(0, 10)} (${left < 0 ? "expired" : `in ${days(left)}`})`;
}

function days(milliseconds: number): string {
  const number = Math.floor(milliseconds / 86_400_000);
  return number === 1 ? "1 day" : `${number} days`;
}

function owners({ owners: held }: Registration): FactTable {
  return {
    title: "Owners",
    head: ["Owner", "Kind", "Of"],
    rows: held.map(({ name, id, kind, of }) => [
      name ?? id,
      kind === "servicePrincipal" ? "service principal" : kind,
      of,
    ]),
    empty: "None: only administrators can change it.",
  };
}

/** What is neither a permission nor a credential, a line each. */
export function otherFacts({ registration: part, principal, notRead }: Registration): readonly string[] {
  return [
    ...(part === undefined
      ? ["Registered in another tenant: this one holds its enterprise application only."]
      : [
          `Accepts sign-ins of: ${part.signInAudience === "AzureADMyOrg" ? "this tenant" : part.signInAudience}`,
          `Redirect URIs: ${part.redirectUris.map(({ uri }) => uri).join(", ") || "none"}`,
        ]),
    ...(principal === undefined
      ? ["No enterprise application in this tenant: nothing is granted, nobody can sign in as it."]
      : [`Enterprise application: ${principal.enabled ? "enabled" : "switched off"}`]),
    ...(principal?.delegated === undefined
      ? []
      : [
          `Delegated permissions granted: ${principal.delegated.map(({ api, scopes }) => `${scopes.join(" ")} (${api})`).join(", ") || "none"}`,
        ]),
    ...notRead.map(({ what, needs }) => `Not read: ${what}. The auditor needs ${needs} for that.`),
  ];
}
