import { apis } from "../catalogue/apis";
import { apiOfAppId } from "../catalogue/find-api";
import type { ConnectorManifest, Manifest } from "../manifest";
import { inOrder } from "./canonical";
import { type ConnectorLock, formatVersion, type Lock, schemaReference } from "./schema";

/** The manifest in the form that is committed and reviewed. */
export function lockOf(manifest: Manifest): Lock {
  return inOrder({
    $schema: schemaReference,
    formatVersion,
    azureRoleAssignments: manifest.azureRoleAssignments,
    connectors: manifest.connectors.map(connectorLockOf),
  });
}

function connectorLockOf(connector: ConnectorManifest): ConnectorLock {
  const { name, profile, tenantId, cloud, access, permissions, consent } = connector;
  return {
    name,
    profile,
    tenantId,
    cloud,
    access,
    permissions,
    consent,
    appRoles: connector.apis.flatMap(({ displayName, roles }) =>
      roles.map(({ value, id, tier, because }) => ({ api: displayName, role: value, id, tier, because })),
    ),
    directoryRoles: connector.directoryRoles.map(
      ({ displayName, templateId, tier, because, justification }) => ({
        role: displayName,
        templateId,
        tier,
        because,
        ...(justification === undefined ? {} : { justification }),
      }),
    ),
    credentials: connector.credentials.map(credentialLine),
    covered: connector.covered.map(({ resourceAppId, value, by, because }) => ({
      api: displayNameOf(resourceAppId),
      role: value,
      by,
      because,
    })),
    capabilities: connector.capabilities,
    acknowledgements: connector.needsAcknowledgement.map(
      ({ rule, finding, setting, reason, acknowledged }) => ({
        rule,
        finding,
        setting,
        reason,
        acknowledged,
      }),
    ),
  };
}

/** Field by field, so that the order of a line does not depend on how its maker built it. */
function credentialLine(
  credential: ConnectorManifest["credentials"][number],
): ConnectorLock["credentials"][number] {
  switch (credential.kind) {
    case "vendorCertificate": {
      const { kind, file, thumbprint, notBefore, notAfter } = credential;
      return { kind, file, thumbprint, notBefore, notAfter };
    }
    case "federated": {
      const { kind, issuer, subject, audience } = credential;
      return {
        kind,
        ...(issuer === undefined ? {} : { issuer }),
        ...(subject === undefined ? {} : { subject }),
        audience,
      };
    }
    default: {
      const { kind, lifetimeDays, overlapDays, anchor } = credential;
      return { kind, lifetimeDays, overlapDays, anchor };
    }
  }
}

function displayNameOf(resourceAppId: string): string {
  const api = apiOfAppId(resourceAppId);
  return api === undefined ? resourceAppId : apis[api].displayName;
}
