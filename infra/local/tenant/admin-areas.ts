import type { AdminParts } from "./core/admin";
import { createEntityAdmin } from "./core/entity-admin";
import type { Tenant } from "./core/types";
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
      entities: createEntityAdmin(store, plantable),
      logs: createFeedAdmin(feeds, clock, () => subscriptions.disableAll()),
    },
  };
}
