/** Federated identity credentials (Microsoft page "Important considerations and restrictions for federated identity credentials"). */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { FederatedIdentityCredential } from "../../directory/model";
import { badRequest, GraphError, notFound } from "../errors";
import { list } from "../odata/list";
import { type GraphRequest, type GraphResponse, idAt, noContent, type Route } from "../request";
import { fixedSource, itemsOf, required, show } from "../sources";
import { federatedIdentityCredentialType as type } from "../types/federated-identity-credential";

const maximum = 20;
const path = "/applications/{id}/federatedIdentityCredentials";

const bodySchema = z.object({
  name: z
    .string()
    .min(3)
    .max(120)
    .regex(/^[A-Za-z0-9_-]+$/),
  issuer: z.string().min(1).max(600),
  subject: z.string().min(1).max(600),
  audiences: z.array(z.string().min(1).max(600)).length(1),
  description: z.string().max(600).nullish(),
});

function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const property = parsed.error.issues[0]?.path[0];
  throw badRequest(
    `Invalid value specified for property '${String(property ?? "name")}' of resource 'FederatedIdentityCredential'.`,
  );
}

function siblings(request: GraphRequest): readonly FederatedIdentityCredential[] {
  const application = required(request.directory.applications, idAt(request));
  return request.directory.federatedIdentityCredentials.by("applicationId", application.id);
}

function find(request: GraphRequest): FederatedIdentityCredential {
  const key = idAt(request, 1);
  const found = siblings(request).find((credential) => credential.id === key);
  if (found === undefined) throw notFound(key);
  return found;
}

function checkUnique(
  candidate: FederatedIdentityCredential,
  others: readonly FederatedIdentityCredential[],
): void {
  for (const other of others) {
    if (other.id === candidate.id) continue;
    if (other.name === candidate.name) {
      throw new GraphError(
        409,
        "Request_MultipleObjectsWithSameKeyValue",
        `FederatedIdentityCredential with name ${candidate.name} already exists.`,
      );
    }
    if (other.issuer === candidate.issuer && other.subject === candidate.subject) {
      throw new GraphError(
        409,
        "Request_MultipleObjectsWithSameKeyValue",
        "FederatedIdentityCredential with the same issuer and subject already exists.",
      );
    }
  }
}

function create(request: GraphRequest): GraphResponse {
  const others = siblings(request);
  const body = read(bodySchema, request.body);
  const credential: FederatedIdentityCredential = {
    ...body,
    id: randomUUID(),
    applicationId: idAt(request),
    description: body.description ?? null,
  };
  checkUnique(credential, others);
  if (others.length >= maximum) {
    throw badRequest(`The number of federated identity credentials exceeds the maximum of ${maximum}.`);
  }
  request.directory.federatedIdentityCredentials.put(credential);
  return show(request, { type, entity: credential }, 201);
}

function update(request: GraphRequest): GraphResponse {
  const current = find(request);
  const { name, ...changes } = read(bodySchema.partial(), request.body);
  if (name !== undefined && name !== current.name) {
    throw badRequest(
      "Property 'name' is read-only and cannot be set on resource 'FederatedIdentityCredential'.",
    );
  }
  const changed: FederatedIdentityCredential = {
    ...current,
    ...(changes.issuer !== undefined && { issuer: changes.issuer }),
    ...(changes.subject !== undefined && { subject: changes.subject }),
    ...(changes.audiences !== undefined && { audiences: changes.audiences }),
    ...(changes.description !== undefined && { description: changes.description }),
  };
  checkUnique(changed, siblings(request));
  request.directory.federatedIdentityCredentials.put(changed);
  return noContent;
}

export const federatedIdentityCredentialRoutes: readonly Route[] = [
  {
    method: "GET",
    path,
    handle: (request) => {
      const found = siblings(request);
      return list(
        request,
        fixedSource(type, () => itemsOf(type, found)),
      );
    },
  },
  { method: "POST", path, handle: create },
  {
    method: "GET",
    path: `${path}/{id}`,
    handle: (request) => show(request, { type, entity: find(request) }),
  },
  { method: "PATCH", path: `${path}/{id}`, handle: update },
  {
    method: "DELETE",
    path: `${path}/{id}`,
    handle: (request) => {
      request.directory.federatedIdentityCredentials.delete(find(request).id);
      return noContent;
    },
  },
];
