import { randomUUID } from "node:crypto";
import {
  type CreateOperation,
  type ExistingOperation,
  type Reading,
  resourceType,
} from "../../../../../components/plugin/serve";
import type { ApiError } from "../../http/errors";
import { waitUntil } from "../../http/poll";
import type { Limits } from "../../http/time";
import type { Directory } from "../directory";
import { objectIdIn } from "../ids";
import { boundOwners, completeOwners, readOwners, setOwners } from "../owners";
import { notCarriedByServicePrincipal, type ServicePrincipalInputs, servicePrincipalInputs } from "./inputs";
import { findByClientId, samlMetadataUrl } from "./lookup";
import { featureTagsOf, inputsOf, parseServicePrincipal, publishedOf } from "./state";

/** Thrown when the application has a service principal already and the program does not say to use it. */
class ServicePrincipalExistsError extends Error {
  override readonly name = "ServicePrincipalExistsError";
}

/** `azuread.ServicePrincipal`: the enterprise application of a client id. */
export const servicePrincipal = resourceType({
  token: "azuread:index/servicePrincipal:ServicePrincipal",
  description: "The service principal (enterprise application) of an application.",
  inputs: servicePrincipalInputs,
  notCarried: notCarriedByServicePrincipal,
  computed: [
    "appRoleIds",
    "appRoles",
    "applicationTenantId",
    "displayName",
    "featureTags",
    "features",
    "homepageUrl",
    "logoutUrl",
    "oauth2PermissionScopeIds",
    "oauth2PermissionScopes",
    "objectId",
    "redirectUris",
    "samlMetadataUrl",
    "servicePrincipalNames",
    "signInAudience",
    "type",
  ],
  writeOnly: ["useExisting"],
  replaceOn: ["clientId"],
  caseInsensitive: ["clientId"],
  unordered: ["alternativeNames", "notificationEmailAddresses", "owners", "tags"],
  defaults: {
    accountEnabled: true,
    appRoleAssignmentRequired: false,
    description: "",
    loginUrl: "",
    notes: "",
    preferredSingleSignOnMode: "",
    useExisting: false,
  },
  timeouts: { create: 10, update: 10 },
  create: async (directory: Directory, inputs, operation) => {
    const existing = await findByClientId(directory, inputs.clientId, operation);
    if (existing === undefined) return createServicePrincipal(directory, inputs, operation);
    if (inputs.useExisting === true)
      return change(directory, `/servicePrincipals/${existing.id}`, inputs, operation);
    throw new ServicePrincipalExistsError(
      `The application ${inputs.clientId} has a service principal already (object id ${existing.id}): import it, or look it up with getServicePrincipal.`,
    );
  },
  read: async (directory, operation) => {
    const path = `/servicePrincipals/${objectIdIn(operation.id, "servicePrincipals")}`;
    const found = await directory.v1.find(path, operation);
    return found === undefined ? undefined : readingOf(directory, found, operation);
  },
  update: (directory, inputs, operation) =>
    change(
      directory,
      `/servicePrincipals/${objectIdIn(operation.id, "servicePrincipals")}`,
      inputs,
      operation,
    ),
  delete: removeServicePrincipal,
});

async function createServicePrincipal(
  directory: Directory,
  inputs: ServicePrincipalInputs,
  operation: CreateOperation,
): Promise<Reading> {
  const graph = directory.v1;
  const caller = await graph.caller(operation);
  const owners = inputs.owners ?? [];
  const body = {
    appId: inputs.clientId,
    ...mutableBody(inputs),
    description: `TERRAFORM_UPDATE_${randomUUID()}`,
    "owners@odata.bind": boundOwners(graph, caller, owners),
  };
  const answer = await graph.call("POST", "/servicePrincipals", operation, body, {
    retryWhen: isNotThereYet,
  });
  const made = parseServicePrincipal(answer.body);
  const path = `/servicePrincipals/${made.id}`;
  operation.created(path, publishedOf(made));
  await graph.call("PATCH", path, operation, { description: textOrNull(inputs.description) });
  await completeOwners(graph, path, caller, owners, operation);
  return readingOf(directory, (await graph.call("GET", path, operation)).body, operation);
}

/** A new application may not be known yet where service principals are made; the official plugin waits for these two. */
function isNotThereYet(error: ApiError): boolean {
  return (
    (error.status === 400 &&
      /The appId '.+' of the service principal does not reference a valid application object/.test(
        error.text,
      )) ||
    (error.status === 403 &&
      error.text.includes(
        "When using this permission, the backing application of the service principal being created must in the local tenant",
      ))
  );
}

async function change(
  directory: Directory,
  path: string,
  inputs: ServicePrincipalInputs,
  limits: Limits,
): Promise<Reading> {
  await directory.v1.call("PATCH", path, limits, mutableBody(inputs));
  if (inputs.owners !== undefined) await setOwners(directory.v1, path, inputs.owners, limits);
  return readingOf(directory, (await directory.v1.call("GET", path, limits)).body, limits);
}

function mutableBody(inputs: ServicePrincipalInputs): Record<string, unknown> {
  return {
    accountEnabled: inputs.accountEnabled ?? true,
    alternativeNames: inputs.alternativeNames ?? [],
    appRoleAssignmentRequired: inputs.appRoleAssignmentRequired ?? false,
    description: textOrNull(inputs.description),
    loginUrl: textOrNull(inputs.loginUrl),
    notes: textOrNull(inputs.notes),
    notificationEmailAddresses: inputs.notificationEmailAddresses ?? [],
    preferredSingleSignOnMode: textOrNull(inputs.preferredSingleSignOnMode),
    samlSingleSignOnSettings: {},
    tags: inputs.tags ?? [],
  };
}

function textOrNull(text: string | undefined): string | null {
  return text === undefined || text === "" ? null : text;
}

/** A service principal that was only used is asked to go like any other, and may refuse: its refusal is no error. */
async function removeServicePrincipal(directory: Directory, operation: ExistingOperation): Promise<void> {
  const path = `/servicePrincipals/${objectIdIn(operation.id, "servicePrincipals")}`;
  const borrowed = operation.outputs.useExisting === true || operation.inputs.useExisting === true;
  const expect = borrowed ? [400, 403, 404] : [];
  await directory.v1.call("DELETE", path, operation, undefined, { expect });
  if (borrowed) return;
  const gone = async () => (await directory.v1.find(path, operation)) === undefined;
  await waitUntil(`the removal of service principal ${operation.name}`, gone, operation);
}

async function readingOf(directory: Directory, body: unknown, limits: Limits): Promise<Reading> {
  const found = parseServicePrincipal(body);
  const path = `/servicePrincipals/${found.id}`;
  const [owners, saml] = await Promise.all([
    readOwners(directory.v1, path, limits),
    samlMetadataUrl(directory, found.id, limits),
  ]);
  const features = featureTagsOf(found);
  const outputs = {
    ...publishedOf(found),
    owners,
    samlMetadataUrl: saml,
    featureTags: [features],
    features: [
      {
        customSingleSignOnApp: features.customSingleSignOn,
        enterpriseApplication: features.enterprise,
        galleryApplication: features.gallery,
        visibleToUsers: features.hide !== true,
      },
    ],
  };
  return { id: path, inputs: inputsOf(found, owners), outputs };
}
