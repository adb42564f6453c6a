/** What each blob operation needs (page "Authorize with Microsoft Entra ID", permissions for blob service operations). */
import { action, dataAction, type StoragePermission, type StorageRequest } from "./permission";

const service = "Microsoft.Storage/storageAccounts/blobServices";
const containers = `${service}/containers`;
const blobs = `${containers}/blobs`;

/** The permissions of which the caller needs one; undefined for an operation that is not served. */
export function blobPermissions(request: StorageRequest): readonly StoragePermission[] | undefined {
  // A copy would have to be allowed at its source too, a batch part by part.
  if (request.query.get("comp") === "batch" || request.headers.has("x-ms-copy-source")) return undefined;
  if (request.item === undefined) return onService(request);
  return request.rest === undefined ? onContainer(request) : onBlob(request);
}

function onService({ method, query }: StorageRequest): readonly StoragePermission[] | undefined {
  const comp = query.get("comp");
  if (comp === "list") return [action(`${containers}/read`)];
  if (comp === "userdelegationkey") return [action(`${service}/generateUserDelegationKey/action`)];
  if (comp === "blobs") return [dataAction(`${blobs}/filter/action`)];
  if (comp === "properties" || comp === "stats")
    return [action(method === "PUT" ? `${service}/write` : `${service}/read`)];
  return undefined;
}

function onContainer({ method, query }: StorageRequest): readonly StoragePermission[] | undefined {
  const comp = query.get("comp");
  if (comp === "list") return [dataAction(`${blobs}/read`)];
  if (comp === "acl") return [action(`${containers}/${method === "PUT" ? "setAcl" : "getAcl"}/action`)];
  if (method === "DELETE") return [action(`${containers}/delete`)];
  if (method === "PUT") return [action(`${containers}/write`)];
  return [action(`${containers}/read`)];
}

function onBlob({ method, query, headers }: StorageRequest): readonly StoragePermission[] {
  const comp = query.get("comp");
  if (comp === "tags") return [dataAction(`${blobs}/tags/${method === "PUT" ? "write" : "read"}`)];
  if (method === "GET" || method === "HEAD") return [dataAction(`${blobs}/read`)];
  if (method === "DELETE") return [dataAction(`${blobs}/delete`)];
  const write = dataAction(`${blobs}/write`);
  // A role that may only add may write a blob that is not there yet.
  return method === "PUT" && headers.get("if-none-match") === "*"
    ? [write, dataAction(`${blobs}/add/action`)]
    : [write];
}
