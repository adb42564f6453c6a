/** Any lock: permissions of the real catalogue in any combination, everything else made up. */

import fc from "fast-check";
import { apis } from "../../../components/permissions/catalogue/apis";
import type { DirectoryRoleRow } from "../../../components/permissions/catalogue/directory-role";
import { directoryRoles } from "../../../components/permissions/catalogue/directory-roles.generated";
import { findRole } from "../../../components/permissions/catalogue/find-role";
import { inOrder } from "../../../components/permissions/lock/canonical";
import {
  type AppRoleLine,
  type ConnectorLock,
  type CredentialLine,
  formatVersion,
  type Lock,
  schemaReference,
} from "../../../components/permissions/lock/schema";
import { collectorRoles } from "../../../components/permissions/planning/collector-roles";
import { tierOf, tierOfDirectoryRole } from "../../../components/permissions/tiers/tier";

const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 20, unit: "binary" }),
  fc.constantFrom(
    "Read users (sync)",
    "covers User.Read.All: Read users (sync)",
    "__proto__",
    "a|b`c",
    "x\ny",
  ),
);
const because = fc.array(text, { maxLength: 3 });
const tenantId = fc.constantFrom("6f2c1d5e-3a4b-4c8d-9e0f-1a2b3c4d5e6f", "contoso.example");

const graphValues = [
  "User.Read.All",
  "User.ReadWrite.All",
  "GroupMember.Read.All",
  "GroupMember.ReadWrite.All",
  "RoleManagement.ReadWrite.Directory",
  "Mail.Read",
] as const;

const appRole = fc.record({ role: fc.constantFrom(...graphValues), because }).map(
  ({ role, because: reasons }): AppRoleLine => ({
    api: apis.graph.displayName,
    role,
    id: findRole("graph", role).id,
    tier: tierOf("graph", role).tier,
    because: reasons,
  }),
);

const rows: readonly DirectoryRoleRow[] = directoryRoles;
const directoryRole = fc
  .record({ row: fc.constantFrom(...rows.slice(0, 12)), because, justification: fc.option(text) })
  .map(({ row: [role, templateId], because: reasons, justification }) => ({
    role,
    templateId,
    tier: tierOfDirectoryRole(role).tier,
    because: reasons,
    ...(justification === null ? {} : { justification }),
  }));

const instant = fc
  .date({ min: new Date("2020-01-01"), max: new Date("2035-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString());

const credential: fc.Arbitrary<CredentialLine> = fc.oneof(
  fc.record({
    kind: fc.constantFrom("clientSecret" as const, "certificate" as const),
    lifetimeDays: fc.integer({ min: 30, max: 730 }),
    overlapDays: fc.integer({ min: 2, max: 10 }),
    anchor: instant,
  }),
  fc.record({
    kind: fc.constant("vendorCertificate" as const),
    file: text,
    thumbprint: fc.constantFrom("A1", "B2", "C3"),
    notBefore: instant,
    notAfter: instant,
  }),
  fc.record({
    kind: fc.constant("federated" as const),
    issuer: fc.constantFrom("https://a.example", "https://b.example"),
    subject: fc.constantFrom("s1", "s2", "s3"),
    audience: fc.constantFrom("api://x", "api://y"),
  }),
  fc.record({ kind: fc.constant("federated" as const), audience: fc.constantFrom("api://x", "api://y") }),
);

const connector: fc.Arbitrary<ConnectorLock> = fc.record({
  name: fc.constantFrom("A", "B", "C"),
  profile: fc.constantFrom("conductorone", "netwrix-identity-manager", "custom", "of-another-version"),
  tenantId,
  cloud: fc.constantFrom("global", "gcchigh"),
  access: fc.constantFrom("read-only" as const, "read-write" as const),
  permissions: fc.constantFrom("minimal" as const, "documented" as const),
  consent: fc.constantFrom("grant" as const, "request" as const),
  appRoles: fc.uniqueArray(appRole, { selector: ({ role }) => role, maxLength: 6 }),
  directoryRoles: fc.uniqueArray(directoryRole, { selector: ({ role }) => role, maxLength: 3 }),
  credentials: fc.uniqueArray(credential, { selector: keyOfCredential, maxLength: 4 }),
  covered: fc.uniqueArray(
    fc.record({
      api: fc.constant("Microsoft Graph"),
      role: fc.constantFrom(...graphValues),
      by: because,
      because,
    }),
    { selector: ({ role }) => role, maxLength: 2 },
  ),
  capabilities: fc.uniqueArray(
    fc.constantFrom("users.read", "groups.read", "accounts.provision", "unheard.of"),
  ),
  acknowledgements: fc.uniqueArray(
    fc.record({
      rule: fc.constantFrom("tier0-app-role", "secret-lifetime"),
      finding: fc.constantFrom("User.Read.All", "400 days"),
      setting: fc.constant("access"),
      reason: text,
      acknowledged: fc.boolean(),
    }),
    { selector: ({ rule, finding }) => `${rule} ${finding}`, maxLength: 3 },
  ),
});

function keyOfCredential(line: CredentialLine): string {
  if (line.kind === "vendorCertificate") return line.thumbprint;
  return line.kind === "federated" ? JSON.stringify(line) : line.kind;
}

/** A lock in its canonical order. */
export const anyLock: fc.Arbitrary<Lock> = fc
  .record({
    connectors: fc.uniqueArray(connector, { selector: ({ name }) => name, maxLength: 3 }),
    azureRoleAssignments: fc.uniqueArray(
      fc
        .record({
          role: fc.constantFrom(...Object.values(collectorRoles)),
          scope: fc.constantFrom("storage", "vault"),
          because,
        })
        .map(({ role, scope, because }) => ({
          role: role.name,
          id: role.id,
          scope,
          tier: role.tier,
          because,
        })),
      { selector: ({ role, scope }) => role + scope, maxLength: 3 },
    ),
  })
  .map((lists) => inOrder({ $schema: schemaReference, formatVersion, ...lists }));

/** All stacks of a state. */
export const anyFleet: fc.Arbitrary<ReadonlyMap<string, Lock>> = fc
  .dictionary(fc.constantFrom("contoso", "fabrikam", "tailspin", "litware"), anyLock)
  .map((stacks) => new Map(Object.entries(stacks)));
