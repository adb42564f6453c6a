/** The program that `pulumi up` runs: settings -> plan -> components -> outputs. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { planConnector } from "../components/permissions/plan";
import { getCollectorPackage } from "../components/plugin/resources";
import { checkedPermissions } from "./api-check";
import { azureSignIn, declareAzure } from "./azure";
import { declareCollector } from "./collector";
import { type ConnectorEntry, connectorOutput, declareConnector } from "./connectors";
import { explain } from "./explain";
import { parseSettings, type Settings, settingsFromConfig } from "./settings";
import { tenants } from "./tenants";

// The SDK takes the stack for every promise and maps it to the sources, a tenth of a preview's time; the nearest places tell enough.
Error.stackTraceLimit = 3;

export = () => program().catch(explain);

async function program() {
  const settings = readSettings();
  const [hash, entries] = await Promise.all([packageHash(settings), planEntries(settings)]);
  const declared = entries.map((entry) => ({ entry, connector: declareConnector(entry) }));
  const azure = entries[0]?.azure;
  const vault = azure?.vault;
  const collector =
    settings.collector === undefined || azure === undefined
      ? []
      : declareCollector(settings.collector, azure, declared, hash);

  return {
    connectors: Object.fromEntries(
      declared.map(({ entry, connector }) => [entry.connector.name, connectorOutput(entry, connector)]),
    ),
    secrets: pulumi.secret(
      pulumi
        .all(declared.map(({ connector }) => connector.secrets))
        .apply((values): Record<string, string> => Object.assign({}, ...values)),
    ),
    vault: vault === undefined ? null : { name: vault.vaultName, uri: vault.vaultUri },
    collector: collector.length === 0 ? null : { apps: collector },
  };
}

/** The code that this run pushes; undefined where there is none, or somebody inside the network pushes it. */
async function packageHash({ collector }: Settings): Promise<string | undefined> {
  if (collector?.codePush !== "up") return undefined;
  return (await getCollectorPackage()).sha256;
}

/** @throws SettingsError listing every problem; nothing has been declared by then. */
function readSettings(): Settings {
  const settings = parseSettings(settingsFromConfig(pulumi.runtime.allConfig()), {
    stack: pulumi.getStack(),
    fileReader: (path) => readFileSync(resolve(pulumi.getRootDirectory(), path)),
    now: new Date(),
  });
  for (const warning of settings.warnings) pulumi.log.warn(warning);
  return settings;
}

/** Every entry with its manifest, its tenant and the stack's Azure part. The tenants are looked at before anything is declared. */
async function planEntries(settings: Settings): Promise<ConnectorEntry[]> {
  const { stack, asOf } = settings;
  const metadataHost = process.env.ARM_METADATA_HOSTNAME ?? new pulumi.Config("azuread").get("metadataHost");
  const tenantOf = tenants(metadataHost);
  const planned = settings.connectors.map(async (connector) => {
    const [manifest, tenant] = [
      planConnector(connector, settings.acknowledgements),
      await tenantOf(connector),
    ];
    return {
      stack,
      asOf,
      connector,
      manifest,
      tenant,
      permissions: await checkedPermissions(manifest, tenant),
    };
  });
  const [signIn, ...entries] = await Promise.all([azureSignIn(settings, metadataHost), ...planned]);
  const azure = declareAzure(settings, signIn);
  return entries.map((entry) => ({ ...entry, azure }));
}
