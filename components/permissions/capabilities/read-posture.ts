/** Reading how the tenant is set up and protected. Sources: the "Permissions" section of each call in the Graph v1.0 reference. */
import type { GraphRole } from "../catalogue/apis";
import { graph } from "./call";
import { type Capability, graphProbe } from "./capability";

const wholeDirectory: readonly GraphRole[] = ["Directory.Read.All", "Directory.ReadWrite.All"];
const units: readonly GraphRole[] = [
  "AdministrativeUnit.Read.All",
  "AdministrativeUnit.ReadWrite.All",
  ...wholeDirectory,
];

export const readPolicies: Capability = {
  id: "policies.read",
  title:
    "Read security policies: Conditional Access, security defaults, default permissions, sign-in methods",
  effect: "read",
  calls: [
    graph("GET", "/identity/conditionalAccess/policies", "Policy.Read.All"),
    graph("GET", "/identity/conditionalAccess/namedLocations", "Policy.Read.All"),
    graph("GET", "/policies/identitySecurityDefaultsEnforcementPolicy", "Policy.Read.All"),
    graph("GET", "/policies/authorizationPolicy", "Policy.Read.All", "Policy.ReadWrite.Authorization"),
    graph(
      "GET",
      "/policies/authenticationMethodsPolicy",
      "Policy.Read.All",
      "Policy.Read.AuthenticationMethod",
      "Policy.ReadWrite.AuthenticationMethod",
    ),
  ],
  roles: [
    {
      api: "graph",
      value: "Policy.Read.All",
      reason: "No narrower permission reads Conditional Access policies.",
    },
  ],
  directoryRoles: [],
  probe: graphProbe("/policies/authorizationPolicy"),
};

export const readDomains: Capability = {
  id: "domains.read",
  title: "Read domains",
  effect: "read",
  calls: [graph("GET", "/domains", "Domain.Read.All", "Domain.ReadWrite.All", "Directory.Read.All")],
  roles: [{ api: "graph", value: "Domain.Read.All", reason: "Reads domains alone." }],
  directoryRoles: [],
  probe: graphProbe("/domains?$top=1"),
};

export const readOrganization: Capability = {
  id: "organization.read",
  title: "Read the organization's profile",
  effect: "read",
  calls: [
    graph("GET", "/organization", "Organization.Read.All", "Organization.ReadWrite.All", ...wholeDirectory),
  ],
  roles: [
    { api: "graph", value: "Organization.Read.All", reason: "Reads the organization's profile alone." },
  ],
  directoryRoles: [],
  probe: graphProbe("/organization?$select=id"),
};

export const readDevices: Capability = {
  id: "devices.read",
  title: "Read devices",
  effect: "read",
  calls: [
    graph("GET", "/devices", "Device.Read.All", "Device.ReadWrite.All", ...wholeDirectory),
    graph("GET", "/devices/delta", "Device.Read.All", "Device.ReadWrite.All", ...wholeDirectory),
    graph("GET", "/devices/{id}/registeredOwners", "Device.Read.All", ...wholeDirectory),
  ],
  roles: [{ api: "graph", value: "Device.Read.All", reason: "Reads devices alone." }],
  directoryRoles: [],
  probe: graphProbe("/devices?$top=1&$select=id"),
};

export const readAdministrativeUnits: Capability = {
  id: "administrative-units.read",
  title: "Read administrative units and their members",
  effect: "read",
  calls: [
    graph("GET", "/directory/administrativeUnits", ...units),
    graph("GET", "/directory/administrativeUnits/delta", ...units),
    graph("GET", "/directory/administrativeUnits/{id}", ...units),
    graph("GET", "/directory/administrativeUnits/{id}/members", ...units),
  ],
  roles: [
    { api: "graph", value: "AdministrativeUnit.Read.All", reason: "Reads administrative units alone." },
  ],
  directoryRoles: [],
  probe: graphProbe("/directory/administrativeUnits?$top=1&$select=id"),
};

export const readRiskyUsers: Capability = {
  id: "risky-users.read",
  title: "Read which users are at risk",
  effect: "read",
  calls: [graph("GET", "/identityProtection/riskyUsers", "IdentityRiskyUser.Read.All")],
  roles: [
    {
      api: "graph",
      value: "IdentityRiskyUser.Read.All",
      reason: "The only permission that lists risky users.",
    },
  ],
  directoryRoles: [],
  probe: graphProbe("/identityProtection/riskyUsers?$top=1"),
};

export const readRiskyServicePrincipals: Capability = {
  id: "risky-service-principals.read",
  title: "Read which service principals are at risk",
  effect: "read",
  calls: [
    graph(
      "GET",
      "/identityProtection/riskyServicePrincipals",
      "IdentityRiskyServicePrincipal.Read.All",
      "IdentityRiskyServicePrincipal.ReadWrite.All",
    ),
  ],
  roles: [
    {
      api: "graph",
      value: "IdentityRiskyServicePrincipal.Read.All",
      reason: "The least that lists risky service principals.",
    },
  ],
  directoryRoles: [],
  probe: graphProbe("/identityProtection/riskyServicePrincipals?$top=1"),
};
