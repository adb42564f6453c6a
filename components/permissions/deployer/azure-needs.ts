import { collectorGrants } from "../planning/collector-roles";
import type { CollectorDeployment, CredentialKind, Settings } from "../settings";
import { type AzureRoleName, azureRoles } from "./azure-roles";
import type { DeployerNeed } from "./need";

type Reason = Pick<DeployerNeed, "because" | "droppedBy" | "narrower">;

/** What the deployer needs in Azure: for the vault, what is kept in it, the collector, and the identities of workloads. */
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
  return [
    ...contributorNeeds(subscription, { ours, identities, collector: settings.collector }),
    ...(vault?.existing === true
      ? [
          need("Key Vault Contributor", vaultScope, {
            because: ["write the secrets of the existing vault"],
            droppedBy: "no vault: credentials are encrypted stack outputs",
          }),
        ]
      : []),
    ...assigningNeeds(subscription, { ours, identities, collector: settings.collector }),
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
    ...(settings.collector?.lock === true
      ? [
          need("Locks Contributor", subscription, {
            because: ["lock the collector's storage and logs against deletion, and unlock them"],
            droppedBy: "collector.lock: false",
          }),
        ]
      : []),
  ];
}

/** What the stack itself makes in the subscription. */
interface Made {
  /** A vault of the stack's own. */
  readonly ours: boolean;
  /** Connectors with an identity of their own. */
  readonly identities: readonly string[];
  readonly collector: CollectorDeployment | undefined;
}

function contributorNeeds(scope: string, made: Made): readonly DeployerNeed[] {
  const { ours, identities, collector } = made;
  const because = [
    ...(ours ? ["make the Key Vault and write its secrets"] : []),
    ...(identities.length > 0 ? [`make the managed identity of ${identities.join(", ")}`] : []),
    ...(collector === undefined ? [] : collectorReasons(collector)),
  ];
  if (because.length === 0) return [];
  return [
    need("Contributor", scope, {
      because: ["make the resource group", ...because],
      droppedBy: droppedBy(made),
    }),
  ];
}

function collectorReasons({ apps, network, codePush }: CollectorDeployment): readonly string[] {
  const names = apps.map(({ name }) => `the ${name} app`).join(" and ");
  return [
    `make ${names} with identity, storage, plan, logs and alerts`,
    ...(network === undefined ? [] : ["make the virtual network, its private endpoints and DNS zones"]),
    ...(codePush === "up" ? [`push the code of ${names}`] : []),
  ];
}

/** Who assigns roles can take any: the narrower way is the one to choose. */
function assigningNeeds(scope: string, { ours, collector }: Made): readonly DeployerNeed[] {
  const roles = [
    ...(ours ? ["Key Vault Secrets User"] : []),
    ...new Set(collectorGrants(collector).map(({ role }) => role)),
  ];
  if (roles.length === 0) return [];
  const drops = [
    ...(ours ? ["vault.existing: true, where its owner has given the roles"] : []),
    ...(collector === undefined ? [] : ["no collector"]),
  ];
  return [
    need("Role Based Access Control Administrator", scope, {
      because: [
        ...(ours
          ? ["let the deployer itself read the vault's secrets, for test-connection and handover"]
          : []),
        ...(collector === undefined
          ? []
          : ["let each function app's identity use the app's own storage and telemetry"]),
      ],
      droppedBy: drops.join(", and "),
      narrower: `a condition that lets it assign ${listed(roles)} only`,
    }),
  ];
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function need(name: AzureRoleName, scope: string, reason: Reason): DeployerNeed {
  return { kind: "azureRole", name, id: azureRoles[name], scope, tier: "T1", ...reason };
}

function droppedBy({ ours, identities, collector }: Made): string {
  return [
    ...(ours ? ["no vault, or one that exists (vault.existing: true)"] : []),
    ...(identities.length > 0
      ? [`issuer and subject of the federated credential of ${identities.join(", ")}`]
      : []),
    ...(collector === undefined ? [] : ["no collector"]),
  ].join(", and ");
}

/** Names of the connectors with a credential of the kind. */
function holdersOf({ connectors }: Settings, kind: CredentialKind): readonly string[] {
  return connectors
    .filter(({ credentials }) => credentials.some((credential) => credential.kind === kind))
    .map(({ name }) => name);
}

/** Connectors that sign in as an identity which the stack makes for them alone; the others trust that of a function app. */
function identitiesOf({ connectors, collector }: Settings): readonly string[] {
  const served = collector?.apps.flatMap(({ serves }) => serves.map(({ slug }) => slug)) ?? [];
  return connectors
    .filter(({ slug }) => !served.includes(slug))
    .filter(({ credentials }) =>
      credentials.some(
        (one) => one.kind === "federated" && (one.issuer === undefined || one.subject === undefined),
      ),
    )
    .map(({ name }) => name);
}
