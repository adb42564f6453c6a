import { randomUUID } from "node:crypto";
import { type CreateOperation, type Reading, resourceType } from "../../../../../components/plugin/serve";
import type { ApiError } from "../../http/errors";
import { waitUntil } from "../../http/poll";
import type { Limits } from "../../http/time";
import type { Directory } from "../directory";
import { objectIdIn } from "../ids";
import { boundOwners, completeOwners, readOwners, setOwners } from "../owners";
import { applicationBody } from "./body";
import { refuseDuplicateName } from "./duplicates";
import { type ApplicationInputs, applicationInputs, notCarriedByApplication } from "./inputs";
import { inputsOf, outputsOf, parseApplication } from "./state";

/** `azuread.Application`: an app registration. */
export const application = resourceType({
  token: "azuread:index/application:Application",
  description: "An app registration in Microsoft Entra ID.",
  inputs: applicationInputs,
  notCarried: notCarriedByApplication,
  computed: [
    "appRoleIds",
    "clientId",
    "disabledByMicrosoft",
    "logoUrl",
    "oauth2PermissionScopeIds",
    "objectId",
    "publisherDomain",
  ],
  writeOnly: ["preventDuplicateNames"],
  replaceOn: [],
  unordered: [
    "owners",
    "tags",
    "identifierUris",
    "groupMembershipClaims",
    "requiredResourceAccesses",
    "web.redirectUris",
    "publicClient.redirectUris",
    "singlePageApplication.redirectUris",
    "api.knownClientApplications",
  ],
  defaults: {
    description: "",
    notes: "",
    serviceManagementReference: "",
    signInAudience: "AzureADMyOrg",
    deviceOnlyAuthEnabled: false,
    fallbackPublicClientEnabled: false,
    preventDuplicateNames: false,
    marketingUrl: "",
    privacyStatementUrl: "",
    supportUrl: "",
    termsOfServiceUrl: "",
    "api.mappedClaimsEnabled": false,
    "api.requestedAccessTokenVersion": 1,
    "web.homepageUrl": "",
    "web.logoutUrl": "",
    "web.implicitGrant.accessTokenIssuanceEnabled": false,
    "web.implicitGrant.idTokenIssuanceEnabled": false,
  },
  timeouts: { create: 10, update: 10 },
  create: createApplication,
  read: async (directory: Directory, operation) => {
    const path = `/applications/${objectIdIn(operation.id, "applications")}`;
    const found = await directory.v1.find(path, operation);
    return found === undefined ? undefined : readingOf(directory, found, operation);
  },
  update: async (directory, inputs, operation) => {
    const path = `/applications/${objectIdIn(operation.id, "applications")}`;
    if (inputs.displayName !== operation.inputs.displayName)
      await refuseDuplicateName(directory, inputs, operation);
    await directory.applications.run(path, async () => {
      await directory.v1.call("PATCH", path, operation, applicationBody(inputs));
      if (inputs.owners !== undefined) await setOwners(directory.v1, path, inputs.owners, operation);
    });
    return readApplication(directory, path, operation);
  },
  delete: async (directory, operation) => {
    const path = `/applications/${objectIdIn(operation.id, "applications")}`;
    await directory.v1.call("DELETE", path, operation);
    const gone = async () => (await directory.v1.find(path, operation)) === undefined;
    await waitUntil(`the removal of application ${operation.name}`, gone, operation);
  },
});

async function createApplication(
  directory: Directory,
  inputs: ApplicationInputs,
  operation: CreateOperation,
): Promise<Reading> {
  await refuseDuplicateName(directory, inputs, operation);
  const graph = directory.v1;
  const caller = await graph.caller(operation);
  const owners = inputs.owners ?? [];
  const body = { ...applicationBody(inputs), "owners@odata.bind": boundOwners(graph, caller, owners) };
  const made = parseApplication((await graph.call("POST", "/applications", operation, body)).body);
  const path = `/applications/${made.id}`;
  operation.created(path, outputsOf(made, owners));
  // A changed name that can be written and set back shows that the new object has reached the directory.
  for (const displayName of [`TERRAFORM_UPDATE_${randomUUID()}`, inputs.displayName]) {
    await graph.call("PATCH", path, operation, { displayName }, { retryWhen: isNotThereYet });
  }
  await completeOwners(graph, path, caller, owners, operation);
  return readApplication(directory, path, operation);
}

function isNotThereYet(error: ApiError): boolean {
  return error.status === 404 || error.status === 409;
}

async function readApplication(directory: Directory, path: string, limits: Limits): Promise<Reading> {
  return readingOf(directory, (await directory.v1.call("GET", path, limits)).body, limits);
}

async function readingOf(directory: Directory, body: unknown, limits: Limits): Promise<Reading> {
  const found = parseApplication(body);
  const path = `/applications/${found.id}`;
  const [owners] = await Promise.all([
    readOwners(directory.v1, path, limits),
    directory.beta.call("GET", `${path}?$select=oauth2RequirePostResponse`, limits),
  ]);
  return { id: path, inputs: inputsOf(found, owners), outputs: outputsOf(found, owners) };
}
