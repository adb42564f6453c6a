/**
 * Delegated permissions that were consented to, for everybody or for one user. Microsoft pages "oAuth2PermissionGrant
 * resource type", "oauth2permissiongrant: delta".
 */
import { z } from "zod";
import type { RecordType } from "../model/record";
import { directoryStream } from "./lib/directory-stream";
import { objectShape, text } from "./lib/shape";

const grant: RecordType = { type: "delegatedGrant", schemaVersion: 1 };

const shape = objectShape(
  { clientId: z.string(), resourceId: z.string() },
  { consentType: text, principalId: text, scope: text },
);

export const delegatedGrants = directoryStream(
  {
    name: "delegated-grants",
    path: "/oauth2PermissionGrants",
    type: grant,
    shape,
    tracked: [],
    inline: [],
    filtered: false,
  },
  [grant],
);
