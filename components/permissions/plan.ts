import { findProfile } from "../profiles";
import { type ApiName, apis } from "./catalogue/apis";
import { findDirectoryRole } from "./catalogue/directory-role";
import { findRole } from "./catalogue/find-role";
import type {
  ApiGrants,
  ConnectorManifest,
  CoveredRole,
  CredentialGrant,
  DirectoryRoleGrant,
  Manifest,
  RoleGrant,
} from "./manifest";
import { acknowledgementNeeds, findAcknowledgement } from "./planning/acknowledgement";
import { collectorGrants } from "./planning/collector-roles";
import {
  byText,
  type Covered,
  type DirectoryRoleRequirement,
  type Requirement,
  unique,
} from "./planning/requirement";
import { requirementsOf } from "./planning/requirements-of";
import type { Acknowledgement, ConnectorSettings, CredentialSettings, PlanInput } from "./settings";
import { tierOf, tierOfDirectoryRole } from "./tiers/tier";

/** Works out what a stack asks of its tenants. Pure: the same input gives the same manifest, whatever the order of the entries. */
export function plan(input: PlanInput): Manifest {
  return {
    formatVersion: 1,
    azureRoleAssignments: collectorGrants(input.collector),
    connectors: input.connectors
      .map((connector) => planConnector(connector, input.acknowledgements))
      .sort(byText(({ name }) => name)),
  };
}

/** What one entry asks for. */
export function planConnector(
  connector: ConnectorSettings,
  acknowledgements: readonly Acknowledgement[],
): ConnectorManifest {
  const profile = findProfile(connector.profile);
  const choices = profile.choose(connector);
  const requirements = requirementsOf(profile, connector, choices);
  const directoryRoles = requirements.directoryRoles
    .map((requirement) => grantDirectoryRole(requirement, connector.name, acknowledgements))
    .sort(byText(({ displayName }) => displayName));
  return {
    name: connector.name,
    profile: connector.profile,
    tenantId: connector.tenantId,
    cloud: connector.cloud,
    access: connector.access,
    permissions: connector.permissions,
    consent: connector.consent,
    apis: groupByApi(requirements.roles),
    directoryRoles,
    covered: requirements.covered
      .map(toCoveredRole)
      .sort(byText((role) => `${role.resourceAppId} ${role.value}`)),
    credentials: connector.credentials.map(credentialGrant),
    capabilities: [...unique(choices.map(({ capability }) => capability.id))].sort(),
    needsAcknowledgement: acknowledgementNeeds(connector, requirements, acknowledgements),
  };
}

function groupByApi(roles: readonly Requirement[]): readonly ApiGrants[] {
  return unique(roles.map(({ api }) => api))
    .map((name) => grantsOf(name, roles))
    .sort(byText(({ displayName }) => displayName));
}

function grantsOf(api: ApiName, roles: readonly Requirement[]): ApiGrants {
  const { resourceAppId, displayName } = apis[api];
  const granted = roles.filter((role) => role.api === api).map(grantRole);
  return { resourceAppId, displayName, roles: granted.sort(byText(({ value }) => value)) };
}

function grantRole({ api, value, because }: Requirement): RoleGrant {
  return { value, id: findRole(api, value).id, tier: tierOf(api, value).tier, because };
}

function grantDirectoryRole(
  { displayName, because }: DirectoryRoleRequirement,
  connector: string,
  acknowledgements: readonly Acknowledgement[],
): DirectoryRoleGrant {
  const { templateId } = findDirectoryRole(displayName);
  const acknowledged = findAcknowledgement(acknowledgements, connector, {
    rule: "privileged-directory-role",
    finding: displayName,
  });
  return {
    templateId,
    displayName,
    tier: tierOfDirectoryRole(displayName).tier,
    because,
    ...(acknowledged === undefined ? {} : { justification: acknowledged.reason }),
  };
}

function toCoveredRole({ api, value, by, because }: Covered): CoveredRole {
  return { resourceAppId: apis[api].resourceAppId, value, by, because };
}

/** The manifest names a vendor's certificate by its thumbprint; the certificate itself stays in the settings. */
function credentialGrant(credential: CredentialSettings): CredentialGrant {
  switch (credential.kind) {
    case "federated":
      return credential;
    case "vendorCertificate": {
      const { certificatePem: _, ...grant } = credential;
      return grant;
    }
    default: {
      const { staysInVault: _, ...grant } = credential;
      return grant;
    }
  }
}
