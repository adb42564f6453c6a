/** What a stack declares for a connector, in the terms of its lock file. */
import { z } from "zod";
import { apiOfAppId } from "../../components/permissions/catalogue/find-api";
import { directoryRoleIds, requestedRoles } from "./belonging";
import { roleKey } from "./reviewed";
import { describeRole, knownRole } from "./roles";
import { ofType, type PolicyStack, type StackConnector } from "./stack";
import { types } from "./types";
import { readProperty } from "./values";

/** What one connector of the stack may do and signs in with. */
export interface DeclaredPermissions {
  /** Display name of the registration. */
  readonly name: string;
  /** Names to show, by `roleKey`. */
  readonly appRoles: ReadonlyMap<string, string>;
  /** Template ids. */
  readonly directoryRoles: ReadonlySet<string>;
  readonly credentialKinds: ReadonlySet<string>;
}

const kindOf: Readonly<Record<string, string>> = {
  [types.clientSecret]: "clientSecret",
  [types.certificate]: "certificate",
  [types.vendorCertificate]: "vendorCertificate",
  [types.federatedCredential]: "federated",
  [types.flexibleFederatedCredential]: "federated",
};

export function declaredPermissions(stack: PolicyStack, connector: StackConnector): DeclaredPermissions {
  const roles = requestedRoles(stack, connector).map((access) => {
    const { resourceAppId = "", id } = access;
    const known = knownRole(access);
    const key = roleKey(apiOfAppId(resourceAppId) ?? resourceAppId, id);
    return [key, known === undefined ? `${id} of ${resourceAppId}` : describeRole(known)] as const;
  });
  return {
    name: displayName(connector),
    appRoles: new Map(roles),
    directoryRoles: directoryRoleIds(stack, connector),
    credentialKinds: new Set(connector.resources.flatMap(({ type }) => kindOf[type] ?? [])),
  };
}

/** Name of a connector's registration, which is the entry's name. */
export function displayName(connector: StackConnector): string {
  const [application] = ofType(connector, types.application);
  if (application === undefined) return connector.slug;
  return readProperty(application.properties, "displayName", z.string());
}
