import { Hono } from "hono";
import { z } from "zod";
import { BadRequestError, read } from "./admin-body";
import type { Entity, Store } from "./types";

const entity = z.looseObject({
  id: z.string().min(1),
  properties: z.record(z.string(), z.unknown()).optional(),
});
const putSchema = z.strictObject({
  entities: z.array(entity).max(50_000),
  /** Merges into what is there, `properties` one by one; else the entity is replaced. */
  merge: z.boolean().default(false),
});

/**
 * Puts exact cases into the tenant, below `/admin/entities`: `PUT /{collection}` writes entities as they are stored,
 * `DELETE /{collection}/{id}` and `DELETE /{collection}` remove one and all, `GET /` names the collections. Nothing is
 * checked but the id: the caller knows the model.
 */
export function createEntityAdmin(store: Store, names: readonly string[]): Hono {
  const app = new Hono();
  const collection = (name: string) => {
    if (!names.includes(name))
      throw new BadRequestError(`There is no collection ${name}. There are: ${names.join(", ")}.`);
    return store.collection<Entity & { readonly properties?: Readonly<Record<string, unknown>> | undefined }>(
      name,
    );
  };
  app.get("/", (context) => context.json(names));
  app.put("/:collection", async (context) => {
    const { entities, merge } = await read(context, putSchema);
    const target = collection(context.req.param("collection"));
    for (const given of entities) {
      const current = merge ? target.get(given.id) : undefined;
      const properties = { ...current?.properties, ...given.properties };
      target.put({ ...current, ...given, ...(Object.keys(properties).length > 0 && { properties }) });
    }
    return context.json({ put: entities.length });
  });
  app.delete("/:collection/:id", (context) => {
    const deleted = collection(context.req.param("collection")).delete(context.req.param("id"));
    return context.json({ deleted: deleted ? 1 : 0 });
  });
  app.delete("/:collection", (context) => {
    const target = collection(context.req.param("collection"));
    const ids = [...target.values()].map(({ id }) => id);
    for (const id of ids) target.delete(id);
    return context.json({ deleted: ids.length });
  });
  return app;
}
