/** Types of `roleManagement/directory` (Microsoft page "unifiedRoleAssignment resource type" and its neighbours). */
import type { Entity } from "../../core/types";
import type { BuiltInRole } from "../../directory/data/built-in-role";
import type { DirectoryRoleAssignment, RoleEligibility } from "../../directory/model";
import type { Directory } from "../../directory/open";
import {
  date,
  defineType,
  type EntityType,
  flag,
  type Item,
  object,
  objects,
  text,
  texts,
} from "../entity-type";
import { findObject } from "../objects";
import { builtInRole } from "./directory-role";

/** A role definition as an entity: built-in roles have their template's id. */
export interface RoleDefinition extends Entity {
  readonly role: BuiltInRole;
}

export const roleDefinitionType = defineType<RoleDefinition>({
  name: "unifiedRoleDefinition",
  properties: {
    id: text(),
    description: text(),
    displayName: text(),
    isBuiltIn: flag({ default: true }),
    isEnabled: flag({ default: true }),
    resourceScopes: texts({ default: ["/"] }),
    rolePermissions: objects(),
    templateId: text(),
    version: text({ default: "1" }),
  },
  computed: {
    description: ({ role }) => role.description,
    displayName: ({ role }) => role.displayName,
    templateId: ({ role }) => role.templateId,
  },
  page: { default: 200, maximum: 999 },
});

export const roleTemplateType: EntityType = defineType<RoleDefinition>({
  name: "directoryRoleTemplate",
  properties: { id: text(), deletedDateTime: date(), description: text(), displayName: text() },
  computed: { description: ({ role }) => role.description, displayName: ({ role }) => role.displayName },
  page: { default: 200, maximum: 999 },
});

/** The scope of an assignment that reaches the whole directory. */
const directoryScopeType = defineType<Entity>({ name: "directoryObject", properties: { id: text() } });

interface Held extends Entity {
  readonly principalId: string;
  readonly roleDefinitionId: string;
  readonly directoryScopeId: string;
}

/** What assignments, schedules and eligibilities can be expanded by. */
const navigations = () => ({
  principal: {
    related: (held: Held, directory: Directory) => findObject(directory, held.principalId) ?? null,
  },
  roleDefinition: {
    related: (held: Held): Item | null => {
      const role = builtInRole(held.roleDefinitionId);
      return role === undefined ? null : { type: roleDefinitionType, entity: definitionOf(role) };
    },
  },
  directoryScope: {
    related: (held: Held, directory: Directory): Item | null =>
      held.directoryScopeId === "/"
        ? { type: directoryScopeType, entity: { id: "/" } }
        : (findObject(directory, held.directoryScopeId.split("/").at(-1) ?? "") ?? null),
  },
});

/** The definition entity of a built-in role. */
export const definitionOf = (role: BuiltInRole): RoleDefinition => ({ id: role.templateId, role });

const held = {
  id: text(),
  principalId: text(),
  roleDefinitionId: text(),
  directoryScopeId: text({ default: "/" }),
  appScopeId: text(),
};

export const roleAssignmentType = defineType<DirectoryRoleAssignment>({
  name: "unifiedRoleAssignment",
  properties: { ...held, condition: text(), principalOrganizationId: text({ version: "beta" }) },
  navigations,
  page: { default: 100, maximum: 999 },
});

export const assignmentScheduleType = defineType<DirectoryRoleAssignment>({
  name: "unifiedRoleAssignmentScheduleInstance",
  properties: {
    ...held,
    assignmentType: text({ default: "Assigned" }),
    memberType: text({ default: "Direct" }),
    startDateTime: date(),
    endDateTime: date(),
    roleAssignmentOriginId: text(),
    roleAssignmentScheduleId: text(),
    scheduleInfo: object(),
    status: text({ default: "Provisioned" }),
  },
  computed: {
    roleAssignmentOriginId: (assignment) => assignment.id,
    roleAssignmentScheduleId: (assignment) => assignment.id,
  },
  navigations,
});

export const eligibilityType = defineType<RoleEligibility>({
  name: "unifiedRoleEligibilityScheduleInstance",
  properties: {
    ...held,
    memberType: text({ default: "Direct" }),
    startDateTime: date(),
    endDateTime: date(),
    roleEligibilityScheduleId: text(),
    scheduleInfo: object(),
    status: text({ default: "Provisioned" }),
  },
  computed: { roleEligibilityScheduleId: (eligibility) => eligibility.id },
  navigations,
});
