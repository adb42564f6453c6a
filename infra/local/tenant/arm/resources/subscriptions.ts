import { providerVersions } from "../api-versions";
import { type ArmCall, type ArmOperation, list, ok } from "../call";
import { ArmError } from "../errors";
import { subscriptionPath } from "../ids";

const type = "Microsoft.Resources/resourceManager";

function subscriptionBody({ tenant: { settings } }: ArmCall): unknown {
  return {
    id: subscriptionPath(settings.subscriptionId),
    authorizationSource: "RoleBased",
    managedByTenants: [],
    subscriptionId: settings.subscriptionId,
    tenantId: settings.tenantId,
    displayName: `${settings.displayName} subscription`,
    state: "Enabled",
    subscriptionPolicies: {
      locationPlacementId: "Public_2014-09-01",
      quotaId: "PayAsYouGo_2014-09-01",
      spendingLimit: "Off",
    },
  };
}

function tenantBody({ tenant: { settings } }: ArmCall): unknown {
  return {
    id: `/tenants/${settings.tenantId}`,
    tenantId: settings.tenantId,
    displayName: settings.displayName,
    defaultDomain: settings.domain,
    domains: [settings.domain],
    countryCode: "NL",
    tenantCategory: "Home",
    tenantType: "AAD",
  };
}

/** The group above all subscriptions; its name is the tenant's id. */
function rootGroup({ tenant: { settings } }: ArmCall): { readonly id: string } {
  return {
    id: `/providers/Microsoft.Management/managementGroups/${settings.tenantId}`,
    ...{ type: "Microsoft.Management/managementGroups", name: settings.tenantId },
    ...{ properties: { tenantId: settings.tenantId, displayName: "Tenant Root Group" } },
  };
}

function subscriptions(call: ArmCall): unknown[] {
  const path = subscriptionPath(call.tenant.settings.subscriptionId);
  return call.access.seesWithin(call.caller.objectId, path) ? [subscriptionBody(call)] : [];
}

function providerBodies(call: ArmCall): { readonly namespace: string }[] {
  const types = Object.entries(providerVersions).map(([name, apiVersions]) => ({
    name,
    apiVersions: [...apiVersions].reverse(),
  }));
  const namespaces = [...new Set(types.map(({ name }) => name.slice(0, name.indexOf("/"))))];
  return namespaces.map((namespace) => ({
    id: `${subscriptionPath(call.tenant.settings.subscriptionId)}/providers/${namespace}`,
    namespace,
    registrationState: "Registered",
    registrationPolicy: "RegistrationRequired",
    resourceTypes: types
      .filter(({ name }) => name.startsWith(`${namespace}/`))
      .map(({ name, apiVersions }) => ({
        resourceType: name.slice(namespace.length + 1),
        locations: [],
        apiVersions,
      })),
  }));
}

function provider(call: ArmCall): unknown {
  const wanted = call.param("namespace");
  const found = providerBodies(call).find(
    ({ namespace }) => namespace.toLowerCase() === wanted.toLowerCase(),
  );
  if (found !== undefined) return found;
  throw new ArmError(404, "InvalidResourceNamespace", `The resource namespace '${wanted}' is invalid.`);
}

/** Tenants, subscriptions, the root management group, and the registered resource providers. */
export const subscriptionOperations: readonly ArmOperation[] = [
  { method: "GET", path: "/tenants", type, handle: (call) => list([tenantBody(call)]) },
  { method: "GET", path: "/subscriptions", type, handle: (call) => list(subscriptions(call)) },
  {
    method: "GET",
    path: "/subscriptions/{subscriptionId}",
    type,
    action: "Microsoft.Resources/subscriptions/read",
    handle: (call) => ok(subscriptionBody(call)),
  },
  { method: "GET", path: "/providers", type, handle: (call) => list(providerBodies(call)) },
  {
    method: "GET",
    path: "/subscriptions/{subscriptionId}/providers",
    type,
    handle: (call) => list(providerBodies(call)),
  },
  {
    method: "GET",
    path: "/subscriptions/{subscriptionId}/providers/{namespace}",
    type,
    handle: (call) => ok(provider(call)),
  },
  {
    method: "POST",
    path: "/subscriptions/{subscriptionId}/providers/{namespace}/register",
    type,
    action: "Microsoft.Resources/subscriptions/providers/register/action",
    handle: (call) => ok(provider(call)),
  },
  {
    method: "GET",
    path: "/providers/Microsoft.Management/managementGroups",
    type: "Microsoft.Management/managementGroups",
    handle: (call) => {
      const group = rootGroup(call);
      const action = "Microsoft.Management/managementGroups/read";
      return list(call.access.allows(call.caller.objectId, "actions", action, group.id) ? [group] : []);
    },
  },
];
