import { z } from "zod";
import { type PlainProperties, type Reading, resourceType } from "../../../../../components/plugin/serve";
import type { Directory } from "../directory";
import { credentialIdIn, objectIdIn } from "../ids";
import { parseCredentialHolder, readCredentials, sameKey, waitForKey } from "./application";
import { date } from "./dates";

const addedPassword = z.object({
  keyId: z.string().min(1),
  secretText: z.string().min(1),
  displayName: z.string().nullish(),
  startDateTime: z.string().nullish(),
  endDateTime: z.string().nullish(),
});

const passwordInputs = z.strictObject({
  applicationId: z.string().min(1, "must not be empty"),
  displayName: z.string().optional(),
  startDate: date.optional(),
  endDate: date.optional(),
  rotateWhenChanged: z.record(z.string(), z.string()).optional(),
});

/** `azuread.ApplicationPassword`: a client secret of an application. Every change replaces it. */
export const applicationPassword = resourceType({
  token: "azuread:index/applicationPassword:ApplicationPassword",
  description: "A client secret of an application.",
  inputs: passwordInputs,
  notCarried: {
    endDateRelative: "is ignored by the official provider too; give a fixed endDate",
  },
  computed: ["keyId", "value"],
  secretOutputs: ["value"],
  toldOnce: ["value"],
  writeOnly: ["rotateWhenChanged"],
  serverChosen: ["displayName", "startDate", "endDate"],
  replaceOn: ["applicationId", "displayName", "startDate", "endDate", "rotateWhenChanged"],
  notImportable:
    "An application password can't be imported: its value is told only when it is made. Declare a new one and remove the old key.",
  timeouts: { create: 15 },
  create: async (directory: Directory, inputs, operation) => {
    const application = objectIdIn(inputs.applicationId, "applications");
    return directory.applications.run(application, async () => {
      await readCredentials(directory, application, operation);
      const passwordCredential = {
        ...(inputs.displayName === undefined ? {} : { displayName: inputs.displayName }),
        ...(inputs.startDate === undefined ? {} : { startDateTime: inputs.startDate }),
        ...(inputs.endDate === undefined ? {} : { endDateTime: inputs.endDate }),
      };
      const path = `/applications/${application}/addPassword`;
      const answer = await directory.v1.call("POST", path, operation, { passwordCredential });
      const { secretText, ...made } = addedPassword.parse(answer.body);
      const reading = readingOf(application, made);
      const complete = { ...reading, outputs: { ...reading.outputs, value: secretText } };
      operation.created(complete.id, complete.outputs);
      await waitForKey(directory, application, "passwordCredentials", made.keyId, true, operation);
      return complete;
    });
  },
  read: async (directory, operation) => {
    const { application, credential } = credentialIdIn(operation.id, "password");
    const body = await directory.v1.find(`/applications/${application}`, operation);
    if (body === undefined) return undefined;
    const found = parseCredentialHolder(body).passwordCredentials?.find(({ keyId }) =>
      sameKey(keyId, credential),
    );
    return found === undefined ? undefined : readingOf(application, found);
  },
  delete: async (directory, operation) => {
    const { application, credential: keyId } = credentialIdIn(operation.id, "password");
    await directory.applications.run(application, async () => {
      await directory.v1.call("POST", `/applications/${application}/removePassword`, operation, { keyId });
      await waitForKey(directory, application, "passwordCredentials", keyId, false, operation);
    });
  },
});

function readingOf(application: string, found: Omit<z.infer<typeof addedPassword>, "secretText">): Reading {
  const inputs: PlainProperties = {
    applicationId: `/applications/${application}`,
    ...(found.displayName ? { displayName: found.displayName } : {}),
    ...(found.startDateTime ? { startDate: found.startDateTime } : {}),
    ...(found.endDateTime ? { endDate: found.endDateTime } : {}),
  };
  return { id: `${application}/password/${found.keyId}`, inputs, outputs: { ...inputs, keyId: found.keyId } };
}
