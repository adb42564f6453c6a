import type { Hosting, StorageItem, StorageService } from "./hosting";

/** Hosting in memory: containers and queues are names with metadata, sites have addresses and run nothing. For tests. */
export function memoryHosting(): Hosting {
  const items = new Map<string, StorageItem>();
  const key = (account: string, service: StorageService, name: string) => `${account}/${service}/${name}`;
  const below = (prefix: string) => [...items.keys()].filter((id) => id.startsWith(prefix));
  return {
    storage: {
      open: async () => undefined,
      endpoints: (account) => ({
        blob: `https://127.0.0.1:1/${account}/`,
        queue: `https://127.0.0.1:2/${account}/`,
      }),
      close: async (account) => {
        for (const id of below(`${account}/`)) items.delete(id);
      },
      items: async (account, service) => below(`${account}/${service}/`).flatMap((id) => items.get(id) ?? []),
      item: async (account, service, name) => items.get(key(account, service, name)),
      put: async (account, service, name, metadata) => {
        const lastModified = new Date().toISOString();
        items.set(key(account, service, name), { name, etag: '"0x1"', lastModified, metadata });
      },
      delete: async (account, service, name) => {
        items.delete(key(account, service, name));
      },
    },
    sites: {
      open: async () => undefined,
      addresses: () => ({ site: "127.0.0.1:3", scm: "127.0.0.1:4" }),
      close: async () => undefined,
      refresh: () => undefined,
      keys: () => ({ master: "master-key", function: "function-key" }),
      functions: () => [],
    },
  };
}
