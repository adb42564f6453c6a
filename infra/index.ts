/** The program that `pulumi up` runs: settings -> plan -> components -> outputs. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { CloudDiscoveryError, UnknownCloudError } from "../components/clouds";
import { plan } from "../components/permissions/plan";
import { declareAzure } from "./azure";
import { connectorOutput, declareConnector } from "./connectors";
import { parseSettings, type Settings, SettingsError, settingsFromConfig } from "./settings";
import { tenants } from "./tenants";

export = () => program().catch(explain);

async function program() {
  const settings = readSettings();
  const entries = await planEntries(settings);
  const declared = entries.map((entry) => ({ entry, connector: declareConnector(entry) }));
  const vault = entries[0]?.azure?.vault;

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
  };
}

/** @throws SettingsError listing every problem; nothing has been declared by then. */
function readSettings(): Settings {
  const settings = parseSettings(settingsFromConfig(pulumi.runtime.allConfig()), {
    stack: pulumi.getStack(),
    fileReader: (path) => readFileSync(resolve(__dirname, "..", path)),
    now: new Date(),
  });
  for (const warning of settings.warnings) pulumi.log.warn(warning);
  return settings;
}

/** Every entry with its manifest, its tenant and the stack's Azure part. */
async function planEntries(settings: Settings) {
  const manifests = new Map(plan(settings).connectors.map((manifest) => [manifest.name, manifest]));
  const tenantOf = tenants(
    process.env.ARM_METADATA_HOSTNAME ?? new pulumi.Config("azuread").get("metadataHost"),
  );
  const azure = await declareAzure(settings);
  const entries = settings.connectors.map(async (connector) => {
    const manifest = manifests.get(connector.name);
    if (manifest === undefined) throw new pulumi.RunError(`${connector.name} has no plan.`);
    const { stack, asOf } = settings;
    return { stack, asOf, connector, manifest, azure, tenant: await tenantOf(connector) };
  });
  return Promise.all(entries);
}

/** What a person can mend is shown as its text alone; the engine prints a stack trace for anything else. */
function explain(error: unknown): never {
  const mendable =
    error instanceof SettingsError ||
    error instanceof UnknownCloudError ||
    error instanceof CloudDiscoveryError;
  throw mendable ? new pulumi.RunError(error.message) : error;
}
