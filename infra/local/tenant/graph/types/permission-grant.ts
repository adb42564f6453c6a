import type { PermissionGrant } from "../../directory/model";
import { defineType, readOnly, text } from "../entity-type";

/** Microsoft page "oAuth2PermissionGrant resource type". */
export const permissionGrantType = defineType<PermissionGrant>({
  name: "oAuth2PermissionGrant",
  properties: {
    id: text(readOnly),
    clientId: text({ access: "create" }),
    consentType: text({ access: "create" }),
    principalId: text({ access: "create" }),
    resourceId: text({ access: "create" }),
    scope: text(),
  },
});
