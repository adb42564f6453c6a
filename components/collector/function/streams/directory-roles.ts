/**
 * Directory roles: definitions, who holds them, who may activate them. Microsoft pages "unifiedRoleDefinition",
 * "unifiedRoleAssignment", "unifiedRoleEligibilityScheduleInstance resource type". Graph tracks changes of activated roles
 * alone, without scopes, custom roles and eligibility; so every run reads these few objects.
 */
import { z } from "zod";
import type { RecordType } from "../model/record";
import { collectionPass, everythingStream } from "./lib/everything-stream";
import { flag, objectShape, text, texts } from "./lib/shape";

const definition: RecordType = { type: "roleDefinition", schemaVersion: 1 };
const assignment: RecordType = { type: "roleAssignment", schemaVersion: 1 };
const eligibility: RecordType = { type: "roleEligibility", schemaVersion: 1 };

const definitionShape = objectShape(
  { displayName: z.string() },
  { description: text, templateId: text, isBuiltIn: flag, isEnabled: flag, resourceScopes: texts },
);
const held = { principalId: z.string(), roleDefinitionId: z.string() };
const assignmentShape = objectShape(held, { directoryScopeId: text, appScopeId: text });
const eligibilityShape = objectShape(held, {
  directoryScopeId: text,
  appScopeId: text,
  memberType: text,
  startDateTime: text,
  endDateTime: text,
  roleEligibilityScheduleId: text,
});

const roles = "/roleManagement/directory";

export const directoryRoles = everythingStream("directory-roles", [
  collectionPass(definition, `${roles}/roleDefinitions`, definitionShape),
  collectionPass(assignment, `${roles}/roleAssignments`, assignmentShape),
  collectionPass(
    eligibility,
    `${roles}/roleEligibilityScheduleInstances`,
    eligibilityShape,
    "Who is eligible for directory roles is missing",
  ),
]);
