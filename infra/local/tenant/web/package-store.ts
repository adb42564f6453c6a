import { randomUUID } from "node:crypto";
import type { Tenant } from "../core/types";
import type { TenantStorage } from "../storage";
import { permit } from "../storage/authorization";
import { StorageError } from "../storage/errors";
import type { DeploymentPlace } from "./site";

/** The platform's name for the package in the deployment container. */
const blobName = "released-package.zip";

/** The site's identity may not reach its package, or there is no container. */
export class InaccessibleStorageError extends Error {
  override readonly name = "InaccessibleStorageError";
}

/** Writes and reads packages as the site's identity: without its role on the container nothing is deployed, as on Azure. */
export class PackageStore {
  readonly #tenant: Tenant;
  readonly #storage: TenantStorage;

  constructor(tenant: Tenant, storage: TenantStorage) {
    this.#tenant = tenant;
    this.#storage = storage;
  }

  /** @throws InaccessibleStorageError */
  async write(place: DeploymentPlace, zip: Uint8Array): Promise<void> {
    this.#permit(place, "PUT");
    await this.#mayFail(place, this.#storage.client.putBlob(place.account, place.container, blobName, zip));
  }

  /** @throws InaccessibleStorageError */
  async read(place: DeploymentPlace): Promise<Buffer | undefined> {
    this.#permit(place, "GET");
    return this.#mayFail(place, this.#storage.client.getBlob(place.account, place.container, blobName));
  }

  #permit(place: DeploymentPlace, method: "GET" | "PUT"): void {
    const request = { method, item: place.container, rest: blobName };
    try {
      permit(this.#tenant, place.principalId, place.accountId, "blob", {
        ...request,
        query: new URLSearchParams(),
        headers: new Headers(),
      });
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      throw inaccessible(place, `${error.status} (${error.code}: ${error.message})`);
    }
  }

  async #mayFail<T>(place: DeploymentPlace, work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw inaccessible(place, error instanceof Error ? error.message : String(error));
    }
  }
}

function inaccessible(place: DeploymentPlace, reason: string): InaccessibleStorageError {
  return new InaccessibleStorageError(
    "[KuduSpecializer] Kudu-InaccessibleStorageException: Failed to access storage account for deployment: " +
      `BlobUploadFailedException: Failed to upload blob to storage account ${place.account}, container ${place.container}: ` +
      `Response status code does not indicate success: ${reason}. Correlation ${randomUUID()}.`,
  );
}
