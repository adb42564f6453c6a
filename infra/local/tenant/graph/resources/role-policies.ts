/** Role management policies: how each directory role is activated (Microsoft page "unifiedRoleManagementPolicy resource type"). */
import type { Entity } from "../../core/types";
import type { BuiltInRole } from "../../directory/data/built-in-role";
import { builtInRoles } from "../../directory/data/built-in-roles.generated";
import { date, defineType, flag, type Item, object, text } from "../entity-type";
import { badQuery, notFound } from "../errors";
import { demanded } from "../odata/conditions";
import { list } from "../odata/list";
import { type GraphRequest, type GraphResponse, idAt, type Route } from "../request";
import { fixedSource, show } from "../sources";
import { requirePremium } from "./licenses";

interface RolePolicy extends Entity {
  readonly role: BuiltInRole;
  readonly tenantId: string;
}

const ruleType = defineType<Entity>({
  name: "unifiedRoleManagementPolicyExpirationRule",
  properties: {
    id: text(),
    isExpirationRequired: flag({ default: true }),
    maximumDuration: text({ default: "PT8H" }),
    target: object({
      default: {
        caller: "EndUser",
        operations: ["All"],
        level: "Assignment",
        inheritableSettings: [],
        enforcedSettings: [],
      },
    }),
  },
});

const policyType = defineType<RolePolicy>({
  name: "unifiedRoleManagementPolicy",
  properties: {
    id: text(),
    description: text({ default: "DirectoryRole" }),
    displayName: text({ default: "DirectoryRole" }),
    isOrganizationDefault: flag({ default: false }),
    lastModifiedBy: object(),
    lastModifiedDateTime: date(),
    scopeId: text({ default: "/" }),
    scopeType: text({ default: "DirectoryRole" }),
  },
  navigations: () => ({
    rules: { related: () => [{ type: ruleType, entity: { id: "Expiration_EndUser_Assignment" } }] },
  }),
});

const assignmentType = defineType<RolePolicy>({
  name: "unifiedRoleManagementPolicyAssignment",
  properties: {
    id: text(),
    policyId: text(),
    roleDefinitionId: text(),
    scopeId: text({ default: "/" }),
    scopeType: text({ default: "DirectoryRole" }),
  },
  computed: { policyId: (policy) => policyId(policy), roleDefinitionId: ({ role }) => role.templateId },
  navigations: () => ({
    policy: {
      related: (policy): Item => ({ type: policyType, entity: { ...policy, id: policyId(policy) } }),
    },
  }),
});

const policyId = ({ tenantId, role }: RolePolicy): string => `DirectoryRole_${tenantId}_${role.templateId}`;

function* policies({ tenant }: GraphRequest, assignments: boolean): Generator<Item> {
  const { tenantId } = tenant.settings;
  for (const role of builtInRoles) {
    const policy: RolePolicy = { id: "", role, tenantId };
    const id = assignments ? `${policyId(policy)}_${role.templateId}` : policyId(policy);
    yield { type: assignments ? assignmentType : policyType, entity: { ...policy, id } };
  }
}

/** Graph answers these lists only for one scope, named in the filter. */
function scoped(request: GraphRequest, assignments: boolean): GraphResponse {
  requirePremium(request);
  const scope = demanded(request.query.filter);
  if (!scope.has("scopeId") || !scope.has("scopeType")) {
    throw badQuery("The request needs a $filter by scopeId and scopeType.");
  }
  return list(
    request,
    fixedSource(assignments ? assignmentType : policyType, () => policies(request, assignments)),
  );
}

export const rolePolicyRoutes: readonly Route[] = [
  { method: "GET", path: "/policies/roleManagementPolicies", handle: (request) => scoped(request, false) },
  {
    method: "GET",
    path: "/policies/roleManagementPolicyAssignments",
    handle: (request) => scoped(request, true),
  },
  {
    method: "GET",
    path: "/policies/roleManagementPolicies/{id}",
    handle: (request) => {
      requirePremium(request);
      for (const item of policies(request, false))
        if (item.entity.id === idAt(request)) return show(request, item);
      throw notFound(idAt(request));
    },
  },
];
