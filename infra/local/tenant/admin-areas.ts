import { Hono } from "hono";
import type { AdminParts } from "./core/admin";
import { createEntityAdmin } from "./core/entity-admin";
import type { Entity, Tenant } from "./core/types";
import { plantGolden } from "./directory/golden";
import { keyLists, keysOf } from "./directory/keys";
import { collections } from "./directory/model";
import { openDirectory } from "./directory/open";
import { exchangeCollections } from "./exchange";
import { createFeedAdmin, feedKeys, feedLists, feedsOf } from "./feeds";
import { Subscriptions } from "./management-activity";

/** What the admin endpoint can put in as it is. */
const plantable: readonly string[] = [
  ...Object.values(collections).map(({ name }) => name),
  ...exchangeCollections,
];

/** `POST /admin/golden`: the directory of which every weakness is known; answers the cases of each metric. */
function createGoldenAdmin({ store, settings, clock }: Tenant): Hono {
  const app = new Hono();
  app.post("/", (context) => {
    const deployer = store.collection<Entity & { readonly clientId: string }>("deployer").get("deployer");
    const keep = new Set(deployer === undefined ? [] : [deployer.clientId]);
    return context.json(plantGolden(openDirectory(store), settings, clock.now(), keep));
  });
  return app;
}

/** The admin endpoint's lists of what there is, and its areas: feeds of events, and entities put in as they are. */
export function adminAreas(tenant: Tenant): Pick<AdminParts, "keys" | "keyLists" | "areas"> {
  const { store, clock } = tenant;
  const directory = openDirectory(store);
  const feeds = feedsOf(store, directory);
  const subscriptions = new Subscriptions(store, clock);
  return {
    keyLists: [...keyLists, ...feedLists],
    keys: (list) => feedKeys(feeds, list, clock.now()) ?? keysOf(directory, list),
    areas: {
      golden: createGoldenAdmin(tenant),
      entities: createEntityAdmin(store, plantable),
      logs: createFeedAdmin(feeds, clock, () => subscriptions.disableAll()),
    },
  };
}
