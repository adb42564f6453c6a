/** Azure roles of the collector's identities. Ids and what they allow from Microsoft's page "Azure built-in roles". */
import type { AzureRoleGrant, Tier } from "../manifest";
import type { CollectorApp, CollectorDeployment, ServedEntry } from "../settings";
import { byText } from "./requirement";

/** A built-in Azure role that function apps hold. */
export interface CollectorRole {
  readonly name: string;
  readonly id: string;
  readonly tier: Tier;
  /** Goes on "It can …". */
  readonly canDo: string;
  /** What it is given on, in words. */
  readonly on: string;
  /** Why the app needs it. */
  readonly because: string;
}

/** What every app's identity holds on the app's own resources, and what it holds on a certificate that it signs with. */
export const collectorRoles = {
  blobs: {
    name: "Storage Blob Data Owner",
    id: "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
    tier: "T2",
    canDo: "read, write and delete blobs and containers of the account, and manage their leases",
    on: "storage account",
    because: "keep collected data, state, leases and the app's own code",
  },
  queues: {
    name: "Storage Queue Data Contributor",
    id: "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
    tier: "T2",
    canDo: "read, write and delete queues and messages of the account",
    on: "storage account",
    because: "queue work and take it",
  },
  metrics: {
    name: "Monitoring Metrics Publisher",
    id: "3913510d-42f4-4e42-8a64-420c390055eb",
    tier: "T2",
    canDo: "write telemetry, and read none",
    on: "Application Insights component",
    because: "write its own logs and metrics",
  },
  signing: {
    name: "Key Vault Crypto User",
    id: "12338af0-0e69-4776-bea7-57ae8d297424",
    // Signing as a connector is as much as its secret, whatever the connector may read.
    tier: "T1",
    canDo: "sign, verify, encrypt and decrypt with the key, which it never sees",
    on: "key of the certificate",
    because: "sign in by a certificate where the tenant is another one; the key stays in the vault",
  },
  certificate: {
    name: "Key Vault Reader",
    id: "21090545-7ca7-4776-b22c-e363652d74d2",
    tier: "T2",
    canDo: "read the certificate's public part and no secret value",
    on: "certificate",
    because: "know the thumbprint of the certificate that the application trusts",
  },
} as const satisfies Readonly<Record<string, CollectorRole>>;

/** The collector's role of that name or id. */
export function findCollectorRole(nameOrId: string): CollectorRole | undefined {
  const wanted = nameOrId.toLowerCase();
  return Object.values(collectorRoles).find(({ name, id }) => name.toLowerCase() === wanted || id === wanted);
}

/** The Azure roles of all apps, sorted by role and scope. */
export function collectorGrants(collector: CollectorDeployment | undefined): readonly AzureRoleGrant[] {
  return (collector?.apps ?? []).flatMap(grantsOfApp).sort(byText(({ role, scope }) => `${role}\n${scope}`));
}

function grantsOfApp({ name, serves }: CollectorApp): readonly AzureRoleGrant[] {
  const { blobs, queues, metrics } = collectorRoles;
  return [
    ...[blobs, queues, metrics].map((role) => grant(role, `${role.on} of the ${name} app`)),
    ...serves.filter(({ credential }) => credential === "certificate").flatMap(grantsOnCertificate),
  ];
}

function grantsOnCertificate({ slug }: ServedEntry): readonly AzureRoleGrant[] {
  const { signing, certificate } = collectorRoles;
  return [signing, certificate].map((role) => grant(role, `${role.on} of ${slug} in the vault`));
}

function grant({ name, id, tier, because }: CollectorRole, scope: string): AzureRoleGrant {
  return { role: name, id, scope, tier, because: [because] };
}
