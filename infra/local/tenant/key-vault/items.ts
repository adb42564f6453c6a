/** Versions under a name, soft deletion, recovery and purge: the same for secrets and certificates. */
import { randomBytes } from "node:crypto";
import type { Collection } from "../core/types";
import { deletedButRecoverable, notFound, VaultError } from "./errors";
import type { DeletedItem, ItemKind, ItemVersion } from "./model";

/** How long a deleted item can be recovered, days: the service's default. */
export const recoverableDays = 90;

/** The items of one kind in one vault. */
export class Items<T extends ItemVersion> {
  constructor(
    readonly kind: ItemKind,
    private readonly vault: string,
    private readonly versions: Collection<T>,
    private readonly deletions: Collection<DeletedItem>,
    private readonly now: () => number,
  ) {}

  /** Names, place and times of a version that is about to be written. @throws VaultError while the name is deleted */
  newVersion(
    name: string,
  ): Pick<ItemVersion, "id" | "vault" | "item" | "name" | "version"> & { readonly now: number } {
    const item = this.#item(name);
    if (this.deleted(name) !== undefined) throw deletedButRecoverable(this.#title(), name);
    const version = randomBytes(16).toString("hex");
    return { id: `${item}/${version}`, vault: this.vault, item, name, version, now: this.now() };
  }

  put(version: T): T {
    return this.versions.put(version);
  }

  /** All versions of a name that is not deleted, oldest first. */
  history(name: string): readonly T[] {
    return this.deleted(name) === undefined ? this.versions.by("item", this.#item(name)) : [];
  }

  /** A version, the latest when none is named. @throws VaultError 404 */
  get(name: string, version?: string): T {
    const found = version
      ? this.history(name).find((one) => one.version === version)
      : this.history(name).at(-1);
    if (found === undefined) throw notFound(this.kind, version ? `${name}/${version}` : name);
    return found;
  }

  /** The latest version of every name that is not deleted. */
  latest(): readonly T[] {
    const byName = new Map<string, T>();
    for (const version of this.versions.by("vault", this.vault)) byName.set(version.item, version);
    return [...byName.values()].filter(({ name }) => this.deleted(name) === undefined);
  }

  /** Deletes softly: the name is taken until recovery or purge. */
  remove(name: string): DeletedItem {
    const latest = this.get(name);
    return this.deletions.put({
      id: this.#deletionId(name),
      vault: this.vault,
      kind: this.kind,
      item: latest.item,
      name: latest.name,
      deletedDate: this.now(),
    });
  }

  deleted(name: string): DeletedItem | undefined {
    return this.deletions.get(this.#deletionId(name));
  }

  /** Everything of this kind that was deleted, with the last version. */
  allDeleted(): readonly { readonly deletion: DeletedItem; readonly last: T }[] {
    return this.deletions
      .by("vault", this.vault)
      .filter(({ kind }) => kind === this.kind)
      .flatMap((deletion) => {
        const last = this.versions.by("item", deletion.item).at(-1);
        return last === undefined ? [] : [{ deletion, last }];
      });
  }

  /** A deleted item with its last version. @throws VaultError 404 */
  getDeleted(name: string): { readonly deletion: DeletedItem; readonly last: T } {
    const found = this.allDeleted().find(({ deletion }) => deletion.id === this.#deletionId(name));
    if (found === undefined) throw notFound(this.kind, name);
    return found;
  }

  recover(name: string): T {
    const { deletion, last } = this.getDeleted(name);
    this.deletions.delete(deletion.id);
    return last;
  }

  /** Forgets a deleted item for good. @throws VaultError 403 where the vault has purge protection */
  purge(name: string, protectedFromPurge: boolean): void {
    const { deletion } = this.getDeleted(name);
    if (protectedFromPurge) {
      throw new VaultError(
        403,
        "Forbidden",
        'Operation "purge" is not allowed because purge protection is enabled for this vault.',
        "ForbiddenByPolicy",
      );
    }
    for (const version of [...this.versions.by("item", deletion.item)]) this.versions.delete(version.id);
    this.deletions.delete(deletion.id);
  }

  #item(name: string): string {
    return `${this.vault}/${name.toLowerCase()}`;
  }

  #deletionId(name: string): string {
    return `${this.kind}/${this.#item(name)}`;
  }

  #title(): string {
    return this.kind === "secret" ? "Secret" : "Certificate";
  }
}
