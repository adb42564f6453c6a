/** What each queue operation needs (page "Authorize with Microsoft Entra ID", permissions for queue service operations). */
import { action, dataAction, type StoragePermission, type StorageRequest } from "./permission";

const service = "Microsoft.Storage/storageAccounts/queueServices";
const queues = `${service}/queues`;
const messages = `${queues}/messages`;

/** The permissions of which the caller needs one; undefined for an operation that is not served. */
export function queuePermissions(request: StorageRequest): readonly StoragePermission[] | undefined {
  if (request.item === undefined) return onService(request);
  return request.rest === undefined ? onQueue(request) : onMessages(request);
}

function onService({ method, query }: StorageRequest): readonly StoragePermission[] | undefined {
  const comp = query.get("comp");
  if (comp === "list") return [action(`${queues}/read`)];
  if (comp === "properties" || comp === "stats")
    return [action(method === "PUT" ? `${service}/write` : `${service}/read`)];
  return undefined;
}

function onQueue({ method }: StorageRequest): readonly StoragePermission[] {
  if (method === "DELETE") return [action(`${queues}/delete`)];
  return [action(method === "PUT" ? `${queues}/write` : `${queues}/read`)];
}

function onMessages({ method, query, rest }: StorageRequest): readonly StoragePermission[] | undefined {
  const process = dataAction(`${messages}/process/action`);
  if (method === "POST") return [dataAction(`${messages}/write`), dataAction(`${messages}/add/action`)];
  if (method === "PUT") return [dataAction(`${messages}/write`)];
  if (method === "DELETE")
    return rest === "messages"
      ? [dataAction(`${messages}/delete`)]
      : [process, dataAction(`${messages}/delete`)];
  if (method !== "GET") return undefined;
  return query.get("peekonly") === "true" ? [dataAction(`${messages}/read`)] : [process];
}
