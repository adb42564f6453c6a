import { type Agent, request } from "undici";
import type { StorageItem, StorageService } from "../arm/hosting";
import type { Azurite } from "./azurite";
import type { AzuriteToken } from "./azurite-token";

const apiVersion = "2024-11-04";

/** A longer answer is a blob. */
const longestText = 4 * 1024 * 1024;

/** A blob in a listing. */
export interface ListedBlob {
  readonly name: string;
  /** Milliseconds, by the machine's clock. */
  readonly lastModified: number;
}

/** Azurite answered what was not expected. */
class AzuriteError extends Error {
  override readonly name = "AzuriteError";
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
  readonly text: string;
}

interface Call {
  readonly method: "GET" | "PUT" | "DELETE" | "HEAD";
  /** Below the account, with a slash before it unless empty. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Statuses that are no error. */
  readonly expect: readonly number[];
}

/** What the tenant itself does in the accounts, past the roles that clients are held to. */
export class AzuriteClient {
  readonly #azurite: Azurite;
  readonly #token: AzuriteToken;
  readonly #agent: Agent;

  constructor(azurite: Azurite, token: AzuriteToken, agent: Agent) {
    this.#azurite = azurite;
    this.#token = token;
    this.#agent = agent;
  }

  /** The container or queue, or undefined when there is none. */
  async item(account: string, service: StorageService, name: string): Promise<StorageItem | undefined> {
    const { status, headers } = await this.#call(account, service, {
      method: "GET",
      path: `/${name}`,
      query: service === "blob" ? { restype: "container" } : { comp: "metadata" },
      expect: [200, 404],
    });
    if (status === 404) return undefined;
    const metadata = Object.entries(headers).flatMap(([key, value]) =>
      key.startsWith("x-ms-meta-") ? [[key.slice("x-ms-meta-".length), String(value)] as const] : [],
    );
    return {
      name,
      etag: String(headers.etag ?? ""),
      lastModified: new Date(String(headers["last-modified"] ?? headers.date)).toISOString(),
      metadata: Object.fromEntries(metadata),
    };
  }

  /** Names of all containers or queues of an account. */
  async names(account: string, service: StorageService): Promise<string[]> {
    const { text } = await this.#call(account, service, {
      method: "GET",
      path: "/",
      query: { comp: "list", maxresults: "5000" },
      expect: [200],
    });
    return [...text.matchAll(/<Name>([^<]+)<\/Name>/g)].map(([, name = ""]) => name);
  }

  /** Makes a container or queue with metadata; of one that is there, only the metadata is set. */
  async put(
    account: string,
    service: StorageService,
    name: string,
    metadata: Readonly<Record<string, string>>,
  ): Promise<void> {
    const headers = Object.fromEntries(
      Object.entries(metadata).map(([key, value]) => [`x-ms-meta-${key}`, value]),
    );
    const kind: Readonly<Record<string, string>> = service === "blob" ? { restype: "container" } : {};
    const put = { method: "PUT", path: `/${name}`, headers } as const;
    const { status } = await this.#call(account, service, { ...put, query: kind, expect: [201, 204, 409] });
    if (status === 201) return;
    await this.#call(account, service, { ...put, query: { ...kind, comp: "metadata" }, expect: [200, 204] });
  }

  async delete(account: string, service: StorageService, name: string): Promise<void> {
    const query: Readonly<Record<string, string>> = service === "blob" ? { restype: "container" } : {};
    await this.#call(account, service, {
      method: "DELETE",
      path: `/${name}`,
      query,
      expect: [202, 204, 404],
    });
  }

  /** All blobs of a container whose names begin with a prefix. */
  async *blobs(account: string, container: string, prefix: string): AsyncGenerator<ListedBlob> {
    let marker = "";
    do {
      const { text } = await this.#call(account, "blob", {
        method: "GET",
        path: `/${container}`,
        query: { restype: "container", comp: "list", prefix, marker },
        expect: [200, 404],
      });
      for (const [, blob = ""] of text.matchAll(/<Blob>(.*?)<\/Blob>/gs)) {
        yield {
          name: inText(element(blob, "Name")),
          lastModified: Date.parse(element(blob, "Last-Modified")),
        };
      }
      marker = element(text, "NextMarker");
    } while (marker !== "");
  }

  async deleteBlob(account: string, container: string, name: string): Promise<void> {
    const path = blobPath(container, name);
    // 409 and 412: somebody holds a lease on it.
    await this.#call(account, "blob", { method: "DELETE", path, expect: [202, 404, 409, 412] });
  }

  /** The content of a blob; undefined when there is none. */
  async getBlob(account: string, container: string, name: string): Promise<Buffer | undefined> {
    const { status, bytes } = await this.#call(account, "blob", {
      method: "GET",
      path: blobPath(container, name),
      expect: [200, 404],
    });
    return status === 404 ? undefined : bytes;
  }

  async putBlob(account: string, container: string, name: string, body: Uint8Array): Promise<void> {
    await this.#call(account, "blob", {
      method: "PUT",
      path: blobPath(container, name),
      headers: { "x-ms-blob-type": "BlockBlob", "content-type": "application/zip" },
      body,
      expect: [201],
    });
  }

  async #call(account: string, service: StorageService, call: Call): Promise<Answer> {
    const origins = await this.#azurite.origins();
    const url = `${origins[service]}/${account}${call.path}?${new URLSearchParams(call.query)}`;
    const { statusCode, headers, body } = await request(url, {
      method: call.method,
      headers: {
        authorization: `Bearer ${this.#token.get()}`,
        "x-ms-version": apiVersion,
        ...call.headers,
        ...(call.method === "PUT" ? { "content-length": String(call.body?.byteLength ?? 0) } : {}),
      },
      body: call.body ?? null,
      dispatcher: this.#agent,
    });
    const bytes = Buffer.from(await body.arrayBuffer());
    const text = bytes.byteLength < longestText ? bytes.toString("utf8") : "";
    if (call.expect.includes(statusCode)) return { status: statusCode, headers, bytes, text };
    throw new AzuriteError(
      `Azurite answered ${statusCode} to ${call.method} ${account}${call.path}: ${text}`,
    );
  }
}

function blobPath(container: string, name: string): string {
  return `/${container}/${name.split("/").map(encodeURIComponent).join("/")}`;
}

function element(xml: string, name: string): string {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? "";
}

function inText(xml: string): string {
  return xml
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");
}
