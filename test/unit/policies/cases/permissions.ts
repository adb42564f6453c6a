import { apis } from "../../../../components/permissions/catalogue/apis";
import { types } from "../../../../policies/harness/types";
import { accesses, application, connector, type Role, resource, roleId, unknown } from "../resources";
import type { RuleExamples } from "./case";

const readUsers: Role = ["graph", "User.Read.All"];
const manageRoles: Role = ["graph", "RoleManagement.ReadWrite.Directory"];
const writeMembers: Role = ["graph", "GroupMember.ReadWrite.All"];
const exchange: Role = ["exchangeOnline", "Exchange.ManageAsApp"];
const asking = (...roles: readonly Role[]) => application({ requiredResourceAccesses: accesses(roles) });
const grant = (role: Role) => resource(types.appRoleAssignment, { appRoleId: roleId(role) });
const access = (properties: object) =>
  resource(types.applicationApiAccess, { apiClientId: apis.graph.resourceAppId, ...properties });
const rawAccess = (resourceAppId: string, id: string, type = "Role") =>
  application({ requiredResourceAccesses: [{ resourceAppId, resourceAccesses: [{ id, type }] }] });

const unknownRoles = {
  "permissions that are computed": {
    resources: [application({ requiredResourceAccesses: unknown })],
    property: "requiredResourceAccesses",
  },
  "one computed id among plain ones": {
    resources: [rawAccess(apis.graph.resourceAppId, unknown)],
    property: "requiredResourceAccesses",
  },
  "a grant of a computed id": {
    resources: [resource(types.appRoleAssignment, { appRoleId: unknown })],
    property: "appRoleId",
  },
};
const { "a grant of a computed id": _, ...unknownRequests } = unknownRoles;

export const permissionExamples: Readonly<Record<string, RuleExamples>> = {
  "tier0-app-role": {
    compliant: {
      "a tier-2 permission": { resources: [asking(readUsers)] },
      "no permission": { resources: [application()] },
      "an acknowledged one": {
        resources: [
          resource(
            types.application,
            { requiredResourceAccesses: accesses([manageRoles]) },
            { name: "sync" },
          ),
        ],
        settings: {
          acknowledgements: [
            {
              rule: "tier0-app-role",
              connector: "Sync",
              finding: manageRoles[1],
              reason: "r",
              owner: "o",
              expires: "2099-01-01",
            },
          ],
        },
      },
    },
    nonCompliant: {
      "asked for": { resources: [asking(readUsers, manageRoles)], culprits: [manageRoles[1]] },
      granted: { resources: [grant(manageRoles)], culprits: [manageRoles[1]] },
      "asked for beside the application": {
        resources: [access({ roleIds: [roleId(manageRoles)] })],
        culprits: [manageRoles[1]],
      },
      "with its id in capitals": {
        resources: [rawAccess(apis.graph.resourceAppId.toUpperCase(), roleId(manageRoles).toUpperCase())],
        culprits: [manageRoles[1]],
      },
      "with an acknowledgement of another finding": {
        resources: [
          resource(
            types.application,
            { requiredResourceAccesses: accesses([manageRoles]) },
            { name: "sync" },
          ),
        ],
        settings: {
          acknowledgements: [
            {
              rule: "tier0-app-role",
              connector: "Sync",
              finding: "Directory.ReadWrite.All",
              reason: "r",
              owner: "o",
              expires: "2099-01-01",
            },
          ],
        },
        culprits: [manageRoles[1]],
      },
    },
    unknown: unknownRoles,
  },
  "maximum-tier": {
    compliant: {
      "at the line": { resources: [asking(writeMembers)], config: { tier: "T1" } },
      "everything is allowed": { resources: [asking(manageRoles)], config: { tier: "T0" } },
    },
    nonCompliant: {
      "T0 above T1": {
        resources: [asking(manageRoles, writeMembers)],
        config: { tier: "T1" },
        culprits: [manageRoles[1]],
      },
      "T1 above T2": {
        resources: [grant(writeMembers)],
        config: { tier: "T2" },
        culprits: [writeMembers[1]],
      },
    },
    notApplicable: { "no line is drawn": { resources: [asking(manageRoles)] } },
    unknown: { computed: { ...unknownRoles["permissions that are computed"], config: { tier: "T1" } } },
  },
  "permission-allowlist": {
    compliant: { "on the list": { resources: [asking(readUsers)], config: { allowed: ["User.Read.All"] } } },
    nonCompliant: {
      "not on the list": {
        resources: [asking(readUsers, writeMembers)],
        config: { allowed: ["User.Read.All"] },
        culprits: [writeMembers[1]],
      },
      "a grant that is not": {
        resources: [grant(writeMembers)],
        config: { allowed: ["User.Read.All"] },
        culprits: [writeMembers[1]],
      },
    },
    notApplicable: { "no list": { resources: [asking(manageRoles)] } },
    unknown: {
      computed: { ...unknownRoles["a grant of a computed id"], config: { allowed: ["User.Read.All"] } },
    },
  },
  "permission-denylist": {
    compliant: { "not on the list": { resources: [asking(readUsers)], config: { denied: ["Mail.Read"] } } },
    nonCompliant: {
      "on the list": {
        resources: [asking(readUsers, writeMembers)],
        config: { denied: ["User.Read.All"] },
        culprits: ["User.Read.All"],
      },
      "a grant that is": {
        resources: [grant(readUsers)],
        config: { denied: ["User.Read.All"] },
        culprits: ["User.Read.All"],
      },
    },
    notApplicable: { "no list": { resources: [asking(manageRoles)] } },
    unknown: { computed: { ...unknownRoles["a grant of a computed id"], config: { denied: ["Mail.Read"] } } },
  },
  "known-role-id": {
    compliant: {
      "published ids": { resources: [asking(readUsers, exchange)] },
      "an API that the organization lists": {
        resources: [
          rawAccess("99999999-9999-4999-8999-999999999999", "88888888-8888-4888-8888-888888888888"),
        ],
        config: { otherApis: ["99999999-9999-4999-8999-999999999999"] },
      },
      "an id of another API, which is the finding of role-of-named-api": {
        resources: [rawAccess(apis.graph.resourceAppId, roleId(exchange))],
      },
    },
    nonCompliant: {
      "an id that nobody publishes": {
        resources: [rawAccess(apis.graph.resourceAppId, "88888888-8888-4888-8888-888888888888")],
        culprits: ["88888888-8888-4888-8888-888888888888"],
      },
      "a permission that is published switched off": {
        resources: [asking(["graph", "AgentCard.Read.All"])],
        culprits: [roleId(["graph", "AgentCard.Read.All"])],
      },
      "an API that the catalogue does not hold": {
        resources: [rawAccess("99999999-9999-4999-8999-999999999999", roleId(readUsers))],
        culprits: [roleId(readUsers)],
      },
    },
    unknown: unknownRequests,
  },
  "role-of-named-api": {
    compliant: { "each at its API": { resources: [asking(readUsers, exchange)] } },
    nonCompliant: {
      "Exchange's at Graph": {
        resources: [rawAccess(apis.graph.resourceAppId, roleId(exchange))],
        culprits: [exchange[1]],
      },
      "Graph's at Exchange": {
        resources: [
          resource(types.applicationApiAccess, {
            apiClientId: apis.exchangeOnline.resourceAppId,
            roleIds: [roleId(manageRoles)],
          }),
        ],
        culprits: [manageRoles[1]],
      },
    },
    unknown: unknownRequests,
  },
  "no-delegated-permissions": {
    compliant: { "application permissions": { resources: [asking(readUsers)] } },
    nonCompliant: {
      "a scope": {
        resources: [rawAccess(apis.graph.resourceAppId, "e1fe6dd8-ba31-4d61-89e7-88639da4683d", "Scope")],
        culprits: ["e1fe6dd8-ba31-4d61-89e7-88639da4683d"],
      },
      "a scope beside the application": {
        resources: [access({ scopeIds: ["e1fe6dd8-ba31-4d61-89e7-88639da4683d"] })],
        culprits: ["e1fe6dd8-ba31-4d61-89e7-88639da4683d"],
      },
      "a grant": {
        resources: [resource(types.delegatedGrant, { claimValues: ["User.Read", "Mail.Read"] })],
        culprits: ["User.Read", "Mail.Read"],
      },
    },
    unknown: unknownRequests,
  },
  "required-scopes": {
    compliant: {
      "all that the capability needs": { resources: connector() },
      "covered by another permission": {
        resources: connector({
          asks: [["graph", "Directory.Read.All"]],
          manifest: {
            covered: [
              { resourceAppId: apis.graph.resourceAppId, value: "User.Read.All", by: ["Directory.Read.All"] },
            ],
          },
        }),
      },
      "a directory role that is held": {
        resources: connector({
          asks: [exchange],
          directoryRoles: ["Exchange Administrator"],
          manifest: { capabilities: ["exchange-groups.provision"] },
        }),
      },
    },
    nonCompliant: {
      "a permission is missing": {
        resources: connector({ asks: [writeMembers] }),
        culprits: ["User.Read.All"],
      },
      "the cover is missing as well": {
        resources: connector({
          asks: [],
          manifest: {
            covered: [
              { resourceAppId: apis.graph.resourceAppId, value: "User.Read.All", by: ["Directory.Read.All"] },
            ],
          },
        }),
        culprits: ["User.Read.All"],
      },
      "the directory role is missing": {
        resources: connector({ asks: [exchange], manifest: { capabilities: ["exchange-groups.provision"] } }),
        culprits: ["Exchange Administrator"],
      },
      "a capability that nobody knows": {
        resources: connector({ manifest: { capabilities: ["fly"] } }),
        culprits: ["fly"],
      },
    },
    notApplicable: {
      "a connector without a manifest": { resources: connector({ manifest: null }) },
      "a documented list": { resources: connector({ manifest: { permissions: "documented" } }) },
      "no connector": { resources: [asking(readUsers)] },
    },
    unknown: {
      "computed permissions": {
        resources: connector({ application: { requiredResourceAccesses: unknown } }),
        property: "requiredResourceAccesses",
      },
      "a computed manifest": {
        resources: [resource(types.connector, { manifest: unknown })],
        property: "manifest",
      },
    },
  },
  "read-only-set": {
    compliant: {
      "reads only": { resources: connector({ manifest: { access: "read-only" } }) },
      "reads Exchange by Global Reader": {
        resources: connector({
          asks: [exchange],
          directoryRoles: ["Global Reader"],
          manifest: { access: "read-only" },
        }),
      },
    },
    nonCompliant: {
      writes: {
        resources: connector({ asks: [readUsers, writeMembers], manifest: { access: "read-only" } }),
        culprits: [writeMembers[1]],
      },
      "manages Exchange": {
        resources: connector({ asks: [exchange], manifest: { access: "read-only" } }),
        culprits: [exchange[1]],
      },
      "manages Exchange, and holds more than Global Reader": {
        resources: connector({
          asks: [exchange],
          directoryRoles: ["Global Reader", "Exchange Administrator"],
          manifest: { access: "read-only" },
        }),
        culprits: [exchange[1]],
      },
    },
    notApplicable: {
      "a read-write connector": { resources: connector({ asks: [writeMembers] }) },
      "a documented list": {
        resources: connector({
          asks: [writeMembers],
          manifest: { access: "read-only", permissions: "documented" },
        }),
      },
    },
    unknown: {
      computed: {
        resources: connector({
          application: { requiredResourceAccesses: unknown },
          manifest: { access: "read-only" },
        }),
        property: "requiredResourceAccesses",
      },
    },
  },
  "consent-equals-declaration": {
    compliant: {
      "each granted": { resources: connector({ asks: [readUsers, exchange] }) },
      "nothing granted on request": {
        resources: connector({ grants: [], manifest: { consent: "request" } }),
      },
      "nothing granted by a program of its own": { resources: connector({ grants: [], manifest: null }) },
    },
    nonCompliant: {
      "granted and not asked for": {
        resources: connector({ grants: [readUsers, manageRoles] }),
        culprits: [manageRoles[1]],
      },
      "asked for and not granted": {
        resources: connector({ asks: [readUsers, writeMembers], grants: [readUsers] }),
        culprits: [writeMembers[1]],
      },
      "granted on request": {
        resources: connector({ manifest: { consent: "request" } }),
        culprits: [readUsers[1]],
      },
      "granted from outside the component": {
        resources: [
          ...connector(),
          resource(
            types.appRoleAssignment,
            { appRoleId: roleId(manageRoles) },
            {
              sources: {
                principalObjectId: connector()
                  .filter(({ type }) => type === types.servicePrincipal)
                  .map(({ urn }) => urn),
              },
            },
          ),
        ],
        culprits: [manageRoles[1]],
      },
    },
    notApplicable: { "no connector": { resources: [asking(readUsers)] } },
    unknown: {
      computed: {
        resources: connector({ application: { requiredResourceAccesses: unknown } }),
        property: "requiredResourceAccesses",
      },
    },
  },
};
