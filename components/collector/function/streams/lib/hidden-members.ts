/**
 * Groups and administrative units may hide their members; Graph shows those with a permission of their own, which no profile
 * asks for. Lists refuse them, delta pages leave them out without a word.
 */
import type { GraphReader } from "../../graph/client";
import { GraphError } from "../../graph/errors";
import type { DirectorySource } from "./directory-source";
import type { Degraded } from "./place";
import { type GraphObject, relatedObjectSchema } from "./shape";

export class HiddenMembers {
  /** Ids of the objects that were met in this attempt. */
  private readonly met = new Set<string>();
  private asked = false;

  constructor(
    private readonly source: DirectorySource,
    private readonly graph: GraphReader,
    /** An object whose members could not be seen; null: there is none. */
    public missingIn: string | null,
  ) {}

  /** True for an object that hides its members. */
  readonly meet = (object: GraphObject): boolean => {
    if (object.visibility !== "HiddenMembership") return false;
    this.met.add(object.id);
    return true;
  };

  /** Takes note of a refusal that only hidden members explain. @returns false for every other refusal */
  readonly tolerate = (parentId: string, error: GraphError): boolean => {
    if (error.kind !== "forbidden" || !this.met.has(parentId)) return false;
    this.missingIn = parentId;
    return true;
  };

  /** Asks once in an attempt, where delta pages show an object that hides its members. @throws GraphError */
  async probe(objects: readonly GraphObject[]): Promise<void> {
    const hidden = objects.find((object) => object["@removed"] === undefined && this.meet(object));
    if (hidden === undefined || this.asked || this.missingIn !== null) return;
    this.asked = true;
    if ((await this.canSee(hidden.id)) === false) this.missingIn = hidden.id;
  }

  /** @returns undefined when the object is gone. @throws GraphError */
  async canSee(id: string): Promise<boolean | undefined> {
    const [members] = this.source.tracked;
    if (members === undefined) return undefined;
    try {
      const path = `${this.source.path}/${id}/${members.name}?$select=id&$top=1`;
      for await (const _ of this.graph.pages(path, relatedObjectSchema)) break;
      return true;
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      if (error.kind === "not-found") return undefined;
      if (error.kind === "forbidden") return false;
      throw error;
    }
  }

  get degraded(): readonly Degraded[] {
    if (this.missingIn === null) return [];
    const message = `Hidden members of ${this.source.name} are missing: Graph shows them with Member.Read.Hidden only.`;
    return [{ code: "permission-missing", message }];
  }
}
