/** Reads a registration and its enterprise application from a tenant, as an auditor who may only read. */
import type { Client } from "@microsoft/microsoft-graph-client";
import type { HeldCredential, Owner, Registration } from "../../../components/permissions/audit/registration";
import { UserError } from "../errors";
import {
  type ApplicationAnswer,
  applicationAnswer,
  federatedAnswer,
  ownerAnswer,
  type PrincipalAnswer,
  principalAnswer,
} from "./answers";
import { ApiNames } from "./api-names";
import { equals, readAll } from "./graph-reader";
import { readPrincipal } from "./read-principal";
import { registrationPart } from "./registration-part";

/** Which registration of which tenant. */
export interface AuditSubject {
  readonly tenantId: string;
  readonly clientId: string;
}

/** @throws UserError when the tenant knows no application with that client id. */
export async function readRegistration(client: Client, subject: AuditSubject): Promise<Registration> {
  const { tenantId, clientId } = subject;
  const byClientId = equals("appId", clientId);
  const [applications, principals] = await Promise.all([
    readAll(client, `/applications?${byClientId}`, applicationAnswer),
    readAll(client, `/servicePrincipals?${byClientId}`, principalAnswer),
  ]);
  const [application] = applications;
  const [principal] = principals;
  if (application === undefined && principal === undefined) throw await unknownClient(client, subject);
  const names = new ApiNames(client);
  const [part, held, owners, credentials] = await Promise.all([
    application === undefined ? undefined : registrationPart(application, names),
    principal === undefined ? undefined : readPrincipal(client, principal, names),
    readOwners(client, application, principal),
    readCredentials(client, application, principal),
  ]);
  return {
    tenantId,
    clientId,
    displayName: application?.displayName ?? principal?.displayName ?? clientId,
    registration: part,
    principal: held?.part,
    owners,
    credentials,
    notRead: held?.notRead ?? [],
  };
}

/** The id that people copy by mistake is the object id, which stands beside the client id in the portal. */
async function unknownClient(client: Client, { tenantId, clientId }: AuditSubject): Promise<UserError> {
  const byId = equals("id", clientId);
  const [application] = await readAll(client, `/applications?${byId}`, applicationAnswer);
  const [principal] = await readAll(client, `/servicePrincipals?${byId}`, principalAnswer);
  const meant = application ?? principal;
  if (meant !== undefined) {
    return new UserError(`${clientId} is the object id of "${meant.displayName}", not its client id.`, {
      next: `Its client id: --client-id ${meant.appId}`,
    });
  }
  return new UserError(`The tenant ${tenantId} has no application with the client id ${clientId}.`, {
    next: "Entra admin center > App registrations > the application > Application (client) ID. Check --tenant and --cloud too.",
  });
}

async function readOwners(
  client: Client,
  application: ApplicationAnswer | undefined,
  principal: PrincipalAnswer | undefined,
): Promise<readonly Owner[]> {
  const of = async (path: string, place: Owner["of"]) =>
    (await readAll(client, path, ownerAnswer)).map((owner) => ({
      id: owner.id,
      kind: kindOf(owner["@odata.type"]),
      name: owner.userPrincipalName ?? owner.displayName ?? undefined,
      of: place,
    }));
  const lists = await Promise.all([
    application === undefined ? [] : of(`/applications/${application.id}/owners`, "registration"),
    principal === undefined ? [] : of(`/servicePrincipals/${principal.id}/owners`, "enterprise application"),
  ]);
  return lists.flat();
}

function kindOf(type: string | null | undefined): Owner["kind"] {
  if (type === "#microsoft.graph.user") return "user";
  return type === "#microsoft.graph.servicePrincipal" ? "servicePrincipal" : "other";
}

async function readCredentials(
  client: Client,
  application: ApplicationAnswer | undefined,
  principal: PrincipalAnswer | undefined,
): Promise<readonly HeldCredential[]> {
  const federated =
    application === undefined
      ? []
      : await readAll(
          client,
          `/applications/${application.id}/federatedIdentityCredentials`,
          federatedAnswer,
        );
  return [
    ...(application === undefined ? [] : keysOf(application, "registration")),
    // A managed identity's keys are Azure's own: nobody can copy them.
    ...(principal === undefined || principal.servicePrincipalType === "ManagedIdentity"
      ? []
      : keysOf(principal, "enterprise application")),
    ...federated.map(
      ({ id, name, issuer, subject }): HeldCredential => ({
        kind: "federated",
        on: "registration",
        name: name ?? id,
        id,
        trusts: `${subject ?? "?"} of ${issuer ?? "?"}`,
      }),
    ),
  ];
}

function keysOf(
  { passwordCredentials, keyCredentials }: Pick<ApplicationAnswer, "passwordCredentials" | "keyCredentials">,
  on: HeldCredential["on"],
): readonly HeldCredential[] {
  const toHeld =
    (kind: "clientSecret" | "certificate") =>
    (key: (typeof passwordCredentials)[number] | (typeof keyCredentials)[number]): HeldCredential => ({
      kind,
      on,
      name: key.displayName ?? ("hint" in key && key.hint ? `${key.hint}…` : key.keyId),
      id: key.keyId,
      start: key.startDateTime ?? undefined,
      end: key.endDateTime ?? undefined,
    });
  return [...passwordCredentials.map(toHeld("clientSecret")), ...keyCredentials.map(toHeld("certificate"))];
}
