/** From a parsed entry and its manifest to the component that declares it, and to what the stack tells about it. */
import * as pulumi from "@pulumi/pulumi";
import type { ApiPermissionsArgs } from "../components/arguments";
import { Connector, type ConnectorArgs } from "../components/connector";
import type { CredentialArgs } from "../components/credentials/credential-set";
import type { IssuedCredential } from "../components/credentials/issued";
import type { ConnectorManifest, FederatedCredential } from "../components/permissions/manifest";
import type { ConnectorSettings, CredentialSettings } from "../components/permissions/settings";
import type { StackAzure } from "./azure";
import { principalNotes, registrationNotes } from "./notes";
import type { Tenant } from "./tenants";

/** One entry with all that its declaration needs. */
export interface ConnectorEntry {
  readonly stack: string;
  readonly asOf: string;
  readonly connector: ConnectorSettings;
  readonly manifest: ConnectorManifest;
  /** The manifest's permissions with what the tenant knows of their APIs. */
  readonly permissions: readonly ApiPermissionsArgs[];
  readonly tenant: Tenant;
  readonly azure: StackAzure | undefined;
}

/** Declares one connector. */
export function declareConnector(entry: ConnectorEntry): Connector {
  const providers = [entry.tenant.provider, entry.azure?.provider].filter((one) => one !== undefined);
  return new Connector(entry.connector.slug, connectorArgs(entry), { providers });
}

function connectorArgs({
  stack,
  asOf,
  connector,
  manifest,
  tenant,
  azure,
  permissions,
}: ConnectorEntry): ConnectorArgs {
  const { serviceManagementReference } = connector;
  return {
    displayName: connector.name,
    tenantId: connector.tenantId,
    permissions: [...permissions],
    directoryRoles: manifest.directoryRoles.map(({ templateId, displayName }) => ({
      templateId,
      displayName,
    })),
    consent: connector.consent,
    credentials: connector.credentials.map((one) => credentialArgs(one, connector, tenant, azure)),
    asOf,
    owners: [...new Set([tenant.deployerObjectId, ...connector.owners])],
    tags: [`entra-connectors:${stack}/${connector.slug}`, ...connector.tags],
    notes: registrationNotes(stack, connector),
    principalNotes: principalNotes(stack, manifest),
    loginEndpoint: tenant.cloud.login,
    portalEndpoint: tenant.cloud.portal,
    manifest: JSON.stringify(manifest),
    ...(serviceManagementReference === undefined ? {} : { serviceManagementReference }),
    ...(azure === undefined ? {} : { azureTags: { ...azure.tags, connector: connector.slug } }),
    ...(azure?.vault === undefined ? {} : { vault: azure.vault }),
  };
}

function credentialArgs(
  credential: CredentialSettings,
  connector: ConnectorSettings,
  tenant: Tenant,
  azure: StackAzure | undefined,
): CredentialArgs {
  switch (credential.kind) {
    case "clientSecret":
      return credential;
    case "certificate": {
      // A vendor's product must hold the key; our own collector lets the vault sign.
      const { staysInVault = connector.profile === "collector", ...certificate } = credential;
      return { ...certificate, exportable: !staysInVault };
    }
    case "vendorCertificate": {
      const { kind, certificatePem, thumbprint, notBefore, notAfter } = credential;
      return { kind, certificatePem, thumbprint, notBefore, notAfter };
    }
    case "federated":
      return { ...credential, ...trustedWorkload(credential, connector, tenant, azure) };
  }
}

/** @throws RunError when the entry names no workload and the stack has no place for one of its own. */
function trustedWorkload(
  { issuer, subject }: FederatedCredential,
  connector: ConnectorSettings,
  tenant: Tenant,
  azure: StackAzure | undefined,
) {
  if (issuer !== undefined && subject !== undefined) return { issuer, subject };
  if (azure === undefined) {
    throw new pulumi.RunError(
      `${connector.name}: a federated credential needs a workload to trust. ` +
        "Give it issuer and subject, or add azure to the settings so that an identity is made for it.",
    );
  }
  return {
    issuer: `${tenant.cloud.login}/${azure.settings.tenantId}/v2.0`,
    subject: azure.identityFor(connector.slug).principalId,
  };
}

/** What the stack's output `connectors` tells about one connector (see outputs.ts). */
export function connectorOutput({ connector, manifest }: ConnectorEntry, declared: Connector) {
  const { profile, tenantId, cloud, access, crawl, graphDomain, sourceGroup, options } = connector;
  return {
    profile,
    tenantId,
    cloud,
    applicationObjectId: declared.applicationObjectId,
    clientId: declared.clientId,
    servicePrincipalId: declared.servicePrincipalId,
    consent: {
      mode: declared.consentMode,
      adminConsentUrl: declared.adminConsentUrl,
      portalUrl: declared.portalUrl,
    },
    credentials: declared.credentials.apply((credentials) => credentials.map(credentialOutput)),
    manifest,
    settings: {
      access,
      cloud,
      crawl,
      options,
      ...(graphDomain === undefined ? {} : { graphDomain }),
      ...(sourceGroup === undefined ? {} : { sourceGroup }),
    },
  };
}

function credentialOutput(credential: IssuedCredential) {
  const { kind, slot, current, displayName, keyId } = credential;
  return {
    kind,
    slot: slot ?? null,
    current,
    displayName,
    keyId,
    startDate: credential.startDate ?? null,
    endDate: credential.endDate ?? null,
    vaultUri: credential.vaultUri ?? null,
    secretName: credential.secretName ?? null,
    secretOutput: credential.secretOutput ?? null,
  };
}
