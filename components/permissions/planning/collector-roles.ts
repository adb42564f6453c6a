/** Azure roles of the collector's identities. Ids from Microsoft's page "Azure built-in roles". */
import type { AzureRoleGrant } from "../manifest";
import type { CollectorApp, CollectorDeployment } from "../settings";
import { byText } from "./requirement";

/** A built-in Azure role. */
export interface CollectorRole {
  readonly name: string;
  readonly id: string;
}

/** What every app's identity holds on the app's own resources, and what it holds on a certificate that it signs with. */
export const collectorRoles = {
  blobs: { name: "Storage Blob Data Owner", id: "b7e6dc6d-f1e8-4753-8033-0f276bb0955b" },
  queues: { name: "Storage Queue Data Contributor", id: "974c5e8b-45b9-4653-ba55-5f855dd0fb88" },
  metrics: { name: "Monitoring Metrics Publisher", id: "3913510d-42f4-4e42-8a64-420c390055eb" },
  signing: { name: "Key Vault Crypto User", id: "12338af0-0e69-4776-bea7-57ae8d297424" },
  certificate: { name: "Key Vault Reader", id: "21090545-7ca7-4776-b22c-e363652d74d2" },
} as const satisfies Readonly<Record<string, CollectorRole>>;

/** The Azure roles of all apps, sorted by role and scope. */
export function collectorGrants(collector: CollectorDeployment | undefined): readonly AzureRoleGrant[] {
  return (collector?.apps ?? []).flatMap(grantsOfApp).sort(byText(({ role, scope }) => `${role}\n${scope}`));
}

function grantsOfApp(app: CollectorApp): readonly AzureRoleGrant[] {
  const own = (role: CollectorRole, resource: string, because: string): AzureRoleGrant => ({
    role: role.name,
    id: role.id,
    scope: `${resource} of the ${app.name} app`,
    // Nothing beyond what the app itself made.
    tier: "T2",
    because: [because],
  });
  return [
    own(collectorRoles.blobs, "storage account", "keep collected data, state, leases and the app's own code"),
    own(collectorRoles.queues, "storage account", "queue work and take it"),
    own(collectorRoles.metrics, "Application Insights component", "write its own logs and metrics"),
    ...app.serves
      .filter(({ credential }) => credential === "certificate")
      .flatMap(({ slug, name }) => certificateGrants(slug, name)),
  ];
}

/** Signing as a connector is as much as its secret, whatever the connector may read. */
function certificateGrants(slug: string, name: string): readonly AzureRoleGrant[] {
  return [
    {
      role: collectorRoles.signing.name,
      id: collectorRoles.signing.id,
      scope: `key of the certificate of ${slug} in the vault`,
      tier: "T1",
      because: [`sign in as ${name}, whose tenant is another one; the key stays in the vault`],
    },
    {
      role: collectorRoles.certificate.name,
      id: collectorRoles.certificate.id,
      scope: `certificate of ${slug} in the vault`,
      tier: "T2",
      because: [`know the thumbprint of the certificate that ${name} trusts`],
    },
  ];
}
