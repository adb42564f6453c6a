/** Thrown for an id that is not in the official provider's format. */
export class ResourceIdError extends Error {
  override readonly name = "ResourceIdError";

  constructor(id: string, format: string) {
    super(`The id "${id}" is not of the form ${format}.`);
  }
}

/** The object id in `/{collection}/{objectId}`; the bare object id is understood too, as the official provider does. */
export function objectIdIn(id: string, collection: string): string {
  const match = new RegExp(`^(?:/${collection}/)?([^/]+)$`).exec(id);
  if (match?.[1] !== undefined) return match[1];
  throw new ResourceIdError(id, `/${collection}/{objectId}`);
}

/** The two ids in `{applicationObjectId}/{kind}/{credentialId}`. */
export function credentialIdIn(id: string, kind: string): { application: string; credential: string } {
  const match = new RegExp(`^([^/]+)/${kind}/([^/]+)$`).exec(id);
  const [, application, credential] = match ?? [];
  if (application !== undefined && credential !== undefined) return { application, credential };
  throw new ResourceIdError(id, `{applicationObjectId}/${kind}/{id}`);
}
