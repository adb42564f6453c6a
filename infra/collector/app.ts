import * as pulumi from "@pulumi/pulumi";
import type { CollectedEventsArgs, ServedConnectorArgs } from "../../components/collector/app-settings";
import type { VaultCertificateAccessArgs } from "../../components/collector/certificate-roles";
import { CollectorFunction } from "../../components/collector/collector-function";
import type { CollectorNetwork } from "../../components/collector/network";
import type { Connector } from "../../components/connector";
import { certificateNames } from "../../components/credentials/certificate";
import type { CollectorApp, ServedEntry } from "../../components/permissions/settings";
import type { StackAzure } from "../azure";
import type { CollectorPlace, DeclaredConnector } from "./place";

/** Declares one function app for the entries that it serves. */
export function declareApp(
  app: CollectorApp,
  place: CollectorPlace,
  workspaceId: pulumi.Output<string>,
  network: CollectorNetwork | undefined,
  packageHash: string | undefined,
): CollectorFunction {
  const { settings, azure, resourceGroupName, location, tags, options } = place;
  const { schedule, retentionDays, instanceMemoryMB, maximumInstanceCount, lock } = settings;
  const served = app.serves.map((one) => ({ one, declared: declaredAs(one, place) }));
  return new CollectorFunction(
    app.name,
    {
      subscriptionId: azure.settings.subscriptionId,
      resourceGroupName,
      location,
      identity: azure.identityOfApp(app),
      mode: app.mode,
      connectors: served.map(({ one, declared }) => servedConnector(one, declared, place)),
      certificates: served.flatMap(({ one, declared }) => certificates(one, declared, azure)),
      workspaceId,
      schedule,
      retentionDays,
      instanceMemoryMB,
      maximumInstanceCount,
      lock,
      tags,
      ...(network === undefined ? {} : { network, deployerIpRanges: [...settings.deployerIpRanges] }),
      ...(packageHash === undefined ? {} : { packageHash }),
    },
    { ...options, dependsOn: served.map(({ declared }) => declared.connector) },
  );
}

function servedConnector(
  served: ServedEntry,
  { entry, connector }: DeclaredConnector,
  { azure }: CollectorPlace,
): ServedConnectorArgs {
  const { name, login, graph, o365Management, federatedAudience, authority } = entry.tenant.cloud;
  return {
    slug: served.slug,
    name: served.name,
    tenantId: entry.connector.tenantId,
    clientId: connector.clientId,
    cloud: {
      name,
      login,
      graph,
      ...(authority.ownO365Management ? { o365Management } : {}),
      federatedAudience,
      instanceDiscovery: authority.instanceDiscovery,
      graphHosts: [...authority.graphHosts],
    },
    streams: [...served.streams],
    excludedServiceAccountGroups: [...served.excludedServiceAccountGroups],
    skipOnPremisesGroups: served.skipOnPremisesGroups,
    signInActivity: served.signInActivity,
    events: eventsOf(served, azure),
    ...(served.credential === "certificate" ? { certificate: currentCertificate(connector) } : {}),
  };
}

/** The Management Activity API counts requests by who runs the collector: that is whose subscription it is. */
function eventsOf({ events }: ServedEntry, { settings }: StackAzure): CollectedEventsArgs {
  const { signIns, serviceAccounts, ...toggles } = events;
  return {
    ...toggles,
    ...(serviceAccounts === undefined ? {} : { serviceAccounts: [...serviceAccounts] }),
    ...(signIns === undefined ? {} : { signIns: { ...signIns, kinds: [...signIns.kinds] } }),
    publisherIdentifier: settings.tenantId,
  };
}

/** @throws RunError in the deployment when the connector's certificate is not in a vault. */
function currentCertificate(connector: Connector) {
  const current = connector.credentials.apply((credentials) => {
    const found = credentials.find((one) => one.kind === "certificate" && one.current);
    if (found?.vaultUri !== undefined && found.secretName !== undefined) {
      return { vaultUri: found.vaultUri, certificateName: found.secretName };
    }
    throw new pulumi.RunError("The collector signs by a certificate in a vault, and the connector has none.");
  });
  return { vaultUri: current.vaultUri, certificateName: current.certificateName };
}

/** The certificates of all slots that are declared: an instance that still signs by the previous one may go on. */
function certificates(
  { credential }: ServedEntry,
  { entry }: DeclaredConnector,
  { vault }: StackAzure,
): VaultCertificateAccessArgs[] {
  if (credential !== "certificate" || vault === undefined) return [];
  const { asOf, connector } = entry;
  return connector.credentials
    .flatMap((one) => (one.kind === "certificate" ? [{ ...one, slug: connector.slug, asOf }] : []))
    .flatMap((schedule) => certificateNames(schedule))
    .map((certificateName) => ({ vaultId: vault.vaultId, certificateName }));
}

function declaredAs({ slug }: ServedEntry, { declared }: CollectorPlace): DeclaredConnector {
  const found = declared.find(({ entry }) => entry.connector.slug === slug);
  if (found === undefined) throw new pulumi.RunError(`The collector serves ${slug}, which is not declared.`);
  return found;
}
