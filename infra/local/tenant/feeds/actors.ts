import type { Collection, Entity } from "../core/types";
import type { ServicePrincipal, User } from "../directory/model";
import type { Directory } from "../directory/open";
import type { Recipe } from "./model";

/** Who can be named by events: found by numbers, without listing everybody. */
export class Actors {
  readonly #directory: Directory;
  #principals: readonly ServicePrincipal[] = [];
  /** State of the collection that the list above was made from. */
  #version = "";

  constructor(directory: Directory) {
    this.#directory = directory;
  }

  /** The tenant's id. */
  get organizationId(): string {
    for (const { id } of this.#directory.organizations.values()) return id;
    return "00000000-0000-0000-0000-000000000000";
  }

  /** A user that was there when the recipe was written; the next one where that one has gone. */
  user(recipe: Recipe, bits: number): User | undefined {
    return entityAfter(this.#directory.users, recipe.users === 0 ? 0 : bits % recipe.users);
  }

  /** An application or managed identity. */
  principal(type: ServicePrincipal["servicePrincipalType"], bits: number): ServicePrincipal | undefined {
    const { servicePrincipals } = this.#directory;
    const version = `${servicePrincipals.size}/${servicePrincipals.lastPosition}`;
    if (version !== this.#version) {
      this.#principals = [...servicePrincipals.values()];
      this.#version = version;
    }
    const all = this.#principals;
    for (let step = 0; step < all.length; step += 1) {
      const principal = all[(bits + step) % all.length];
      if (principal?.servicePrincipalType === type) return principal;
    }
    return undefined;
  }
}

function entityAfter<T extends Entity>(collection: Collection<T>, position: number): T | undefined {
  for (const entity of collection.after(position)) return entity;
  for (const entity of collection.values()) return entity;
  return undefined;
}
