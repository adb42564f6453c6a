import type { CredentialKind, Settings } from "../settings";
import { type AzureRoleName, azureRoles } from "./azure-roles";
import type { DeployerNeed } from "./need";

type Reason = Pick<DeployerNeed, "because" | "droppedBy" | "narrower">;

/** What the deployer needs in Azure: for the vault, what is kept in it, and the identities of workloads. */
export function azureNeeds(settings: Settings): readonly DeployerNeed[] {
  const { azure, vault } = settings;
  if (azure === undefined) return [];
  const subscription = `/subscriptions/${azure.subscriptionId}`;
  const secrets = holdersOf(settings, "clientSecret");
  const certificates = holdersOf(settings, "certificate");
  const identities = identitiesOf(settings);
  const ours = vault !== undefined && !vault.existing;
  const vaultScope =
    vault?.existing === true
      ? `${subscription}/resourceGroups/${vault.resourceGroup}/providers/Microsoft.KeyVault/vaults/${vault.name}`
      : subscription;
  const made = [
    ...(ours || identities.length > 0 ? ["make the resource group"] : []),
    ...(ours ? ["make the Key Vault and write its secrets"] : []),
    ...(identities.length > 0 ? [`make the managed identity of ${identities.join(", ")}`] : []),
  ];
  return [
    ...(made.length === 0
      ? []
      : [
          need("Contributor", subscription, {
            because: made,
            droppedBy: droppedBy(ours, identities),
          }),
        ]),
    ...(vault?.existing === true
      ? [
          need("Key Vault Contributor", vaultScope, {
            because: ["write the secrets of the existing vault"],
            droppedBy: "no vault: credentials are encrypted stack outputs",
          }),
        ]
      : []),
    ...(ours
      ? [
          need("Role Based Access Control Administrator", subscription, {
            because: ["let the deployer itself read the vault's secrets, for test-connection and handover"],
            droppedBy: "vault.existing: true, where its owner has given the roles",
            narrower: "a condition that lets it assign Key Vault Secrets User only",
          }),
        ]
      : []),
    ...(vault !== undefined && secrets.length > 0
      ? [
          need("Key Vault Secrets Officer", vaultScope, {
            because: [
              `delete and recover the secrets of ${secrets.join(", ")}: Azure Resource Manager only writes them`,
            ],
            droppedBy: "no vault: credentials are encrypted stack outputs",
          }),
        ]
      : []),
    ...(vault !== undefined && certificates.length > 0
      ? [
          need("Key Vault Certificates Officer", vaultScope, {
            because: [`have the vault make the certificates of ${certificates.join(", ")}`],
            droppedBy: "no credential of kind certificate, or no vault",
          }),
        ]
      : []),
  ];
}

function need(name: AzureRoleName, scope: string, reason: Reason): DeployerNeed {
  return { kind: "azureRole", name, id: azureRoles[name], scope, tier: "T1", ...reason };
}

function droppedBy(ours: boolean, identities: readonly string[]): string {
  const vault = "no vault, or one that exists (vault.existing: true)";
  const federated = `issuer and subject of the federated credential of ${identities.join(", ")}`;
  if (!ours) return federated;
  return identities.length === 0 ? vault : `${vault}, and ${federated}`;
}

/** Names of the connectors with a credential of the kind. */
function holdersOf({ connectors }: Settings, kind: CredentialKind): readonly string[] {
  return connectors
    .filter(({ credentials }) => credentials.some((credential) => credential.kind === kind))
    .map(({ name }) => name);
}

/** Connectors that sign in as an identity which the stack makes for them. */
function identitiesOf({ connectors }: Settings): readonly string[] {
  return connectors
    .filter(({ credentials }) =>
      credentials.some(
        (one) => one.kind === "federated" && (one.issuer === undefined || one.subject === undefined),
      ),
    )
    .map(({ name }) => name);
}
