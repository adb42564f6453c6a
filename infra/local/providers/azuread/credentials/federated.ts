import { z } from "zod";
import { type Reading, resourceType } from "../../../../../components/plugin/serve";
import { waitUntil } from "../../http/poll";
import type { Directory } from "../directory";
import { credentialIdIn, objectIdIn } from "../ids";

const KIND = "federatedIdentityCredential";

const graphCredential = z.object({
  id: z.string(),
  name: z.string(),
  issuer: z.string(),
  subject: z.string(),
  audiences: z.array(z.string()),
  description: z.string().nullish(),
});

/** `azuread.ApplicationFederatedIdentityCredential`: a trusted issuer and subject in place of a secret. */
export const applicationFederatedIdentityCredential = resourceType({
  token: "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential",
  description: "A federated identity credential of an application.",
  inputs: z.strictObject({
    applicationId: z.string().min(1, "must not be empty"),
    audiences: z.string().array().length(1, "must be exactly one audience"),
    description: z.string().optional(),
    displayName: z.string().min(1, "must not be empty"),
    issuer: z.string().min(1, "must not be empty"),
    subject: z.string().min(1, "must not be empty"),
  }),
  computed: ["credentialId"],
  replaceOn: ["applicationId", "displayName"],
  defaults: { description: "" },
  timeouts: { create: 15 },
  create: async (directory: Directory, inputs, operation) => {
    const application = objectIdIn(inputs.applicationId, "applications");
    return directory.applications.run(application, async () => {
      const path = `/applications/${application}`;
      await directory.v1.call("GET", path, operation);
      const body = bodyOf(inputs);
      const answer = await directory.v1.call("POST", `${path}/${KIND}s`, operation, body);
      const made = readingOf(application, answer.body);
      operation.created(made.id, made.outputs);
      const own = ownPath(made.id);
      const visible = async () => (await directory.v1.find(own, operation)) !== undefined;
      await waitUntil(`federated credential ${operation.name}`, visible, operation);
      return readingOf(application, (await directory.v1.call("GET", own, operation)).body);
    });
  },
  read: async (directory, operation) => {
    const { application } = credentialIdIn(operation.id, KIND);
    const found = await directory.v1.find(ownPath(operation.id), operation);
    return found === undefined ? undefined : readingOf(application, found);
  },
  update: async (directory, inputs, operation) => {
    const { application, credential } = credentialIdIn(operation.id, KIND);
    return directory.applications.run(application, async () => {
      const path = ownPath(operation.id);
      await directory.v1.call("PATCH", path, operation, { id: credential, ...bodyOf(inputs) });
      return readingOf(application, (await directory.v1.call("GET", path, operation)).body);
    });
  },
  delete: async (directory, operation) => {
    const { application } = credentialIdIn(operation.id, KIND);
    await directory.applications.run(application, async () => {
      const path = ownPath(operation.id);
      await directory.v1.call("DELETE", path, operation);
      const gone = async () => (await directory.v1.find(path, operation)) === undefined;
      await waitUntil(`the removal of federated credential ${operation.name}`, gone, operation);
    });
  },
});

function bodyOf(inputs: {
  readonly displayName: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly string[];
  readonly description?: string | undefined;
}): Record<string, unknown> {
  const { displayName: name, issuer, subject, audiences, description = "" } = inputs;
  return { name, issuer, subject, audiences, description };
}

function ownPath(id: string): string {
  const { application, credential } = credentialIdIn(id, KIND);
  return `/applications/${application}/${KIND}s/${credential}`;
}

function readingOf(application: string, body: unknown): Reading {
  const found = graphCredential.parse(body);
  const inputs = {
    applicationId: `/applications/${application}`,
    audiences: found.audiences,
    displayName: found.name,
    issuer: found.issuer,
    subject: found.subject,
    ...(found.description ? { description: found.description } : {}),
  };
  return { id: `${application}/${KIND}/${found.id}`, inputs, outputs: { ...inputs, credentialId: found.id } };
}
