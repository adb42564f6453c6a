/** App registrations with their owners. Microsoft pages "application resource type", "application: delta". */
import { z } from "zod";
import type { RecordType } from "../model/record";
import { keyCredentials, passwordCredentials } from "./lib/credentials";
import type { DirectorySource, RelationKind } from "./lib/directory-source";
import { directoryStream } from "./lib/directory-stream";
import { objectShape, part, text, texts } from "./lib/shape";

const application: RecordType = { type: "application", schemaVersion: 1 };
const applicationOwner: RecordType = { type: "applicationOwner", schemaVersion: 1, parent: "application" };

const owners: RelationKind = {
  name: "owners",
  type: applicationOwner,
  keys: { parent: "applicationId", related: "ownerId", kind: "ownerType" },
};

const requiredAccess = part({
  resourceAppId: text,
  resourceAccess: z.array(part({ id: text, type: text })).nullish(),
});

const shape = objectShape(
  { appId: z.string() },
  {
    displayName: text,
    description: text,
    createdDateTime: text,
    signInAudience: text,
    publisherDomain: text,
    disabledByMicrosoftStatus: text,
    serviceManagementReference: text,
    identifierUris: texts,
    tags: texts,
    requiredResourceAccess: z.array(requiredAccess).nullish(),
    passwordCredentials,
    keyCredentials,
  },
  ["owners"],
);

const source: DirectorySource = {
  name: "applications",
  path: "/applications",
  type: application,
  shape,
  tracked: [],
  inline: [owners],
  filtered: false,
};

export const applications = directoryStream(source, [application, applicationOwner]);
