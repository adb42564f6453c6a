/**
 * Who is assigned to which application, and with which of its roles: consents to application permissions among them.
 * Read from the side of the application that is assigned to ("List appRoleAssignedTo"), which Application.Read.All
 * suffices for; Graph tracks no changes of it.
 */
import { z } from "zod";
import type { RecordType } from "../model/record";
import { everythingStream, type WholePass } from "./lib/everything-stream";
import type { RelationRead } from "./lib/relations";
import { objectShape, text } from "./lib/shape";

const assignment: RecordType = { type: "appRoleAssignment", schemaVersion: 1 };

const shape = objectShape(
  { appRoleId: z.string(), principalId: z.string(), resourceId: z.string() },
  { principalType: text, createdDateTime: text },
);

const again = (id: string) => `/servicePrincipals/${id}/appRoleAssignedTo?$select=${shape.select}&$top=999`;

const assignedTo: RelationRead = {
  schema: shape.schema,
  start: ({ id }) => again(id),
  again,
  change: (_, related) => ({ type: assignment.type, key: related.id, data: shape.data(related) }),
};

const pass: WholePass = {
  type: assignment,
  from: "/servicePrincipals?$select=id&$top=999",
  schema: z.object({ id: z.string() }),
  changes: () => [],
  relations: [assignedTo],
};

export const appRoleAssignments = everythingStream("app-role-assignments", [pass]);
