/** The APIs whose permissions a registration asks for or holds: names for the ids. */
import type { Client } from "@microsoft/microsoft-graph-client";
import type { HeldRole } from "../../../components/permissions/audit/registration";
import { apis } from "../../../components/permissions/catalogue/apis";
import { apiOfAppId } from "../../../components/permissions/catalogue/find-api";
import { findRoleById } from "../../../components/permissions/catalogue/find-role";
import { type ApiAnswer, apiAnswer } from "./answers";
import { equals, readAll } from "./graph-reader";

/** Looks APIs up in the tenant, each once. */
export class ApiNames {
  readonly #client: Client;
  readonly #byAppId = new Map<string, Promise<ApiAnswer | undefined>>();
  readonly #byObjectId = new Map<string, Promise<ApiAnswer | undefined>>();

  constructor(client: Client) {
    this.#client = client;
  }

  /** The API with that application id; undefined when the tenant has no principal of it. */
  ofApp(appId: string): Promise<ApiAnswer | undefined> {
    return remembered(this.#byAppId, appId, () => this.#look(equals("appId", appId)));
  }

  /** The API whose service principal has that object id. */
  ofPrincipal(objectId: string): Promise<ApiAnswer | undefined> {
    return remembered(this.#byObjectId, objectId, () => this.#look(equals("id", objectId)));
  }

  async #look(filter: string): Promise<ApiAnswer | undefined> {
    const select = "$select=id,appId,displayName,appRoles,oauth2PermissionScopes";
    const [found] = await readAll(this.#client, `/servicePrincipals?${filter}&${select}`, apiAnswer);
    return found;
  }
}

/** An application permission with the names that the tenant, or else the catalogue, has for its ids. */
export function namedRole(resourceAppId: string, id: string, api: ApiAnswer | undefined): HeldRole {
  const known = apiOfAppId(resourceAppId);
  const published = api?.appRoles.find((role) => role.id.toLowerCase() === id.toLowerCase())?.value;
  return {
    resourceAppId,
    api: known === undefined ? (api?.displayName ?? resourceAppId) : apis[known].displayName,
    id,
    value: published ?? (known === undefined ? undefined : findRoleById(known, id)?.value),
  };
}

function remembered<Value>(known: Map<string, Promise<Value>>, key: string, look: () => Promise<Value>) {
  const value = known.get(key) ?? look();
  known.set(key, value);
  return value;
}
