/** Microsoft's JavaScript SDK as its documentation shows it: its own middleware, its own iterator, written as gzip NDJSON. */
import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip, type Gzip } from "node:zlib";
import { Client, type PageCollection, PageIterator } from "@microsoft/microsoft-graph-client";
import type { Task } from "../contract";
import { credentialOf } from "./credential";

export interface GraphItem {
  readonly id: string;
}

export function sdkClient(task: Task): Client {
  const credential = credentialOf(task);
  return Client.init({
    baseUrl: task.graph,
    defaultVersion: "v1.0",
    customHosts: new Set(["127.0.0.1"]),
    authProvider: (done) => {
      credential.getToken(`${task.graph}/.default`).then(
        ({ token }) => done(null, token),
        (error: Error) => done(error, null),
      );
    },
  });
}

/** The same fields as the collector stores. */
export const usersPath = (select: string) => `/users?$top=999&$select=${select}`;

/** Every item of a collection. */
export async function readAll<Item extends GraphItem>(
  client: Client,
  first: PageCollection,
  onItem: (item: Item) => void,
): Promise<void> {
  const iterator = new PageIterator(client, first, (item) => {
    onItem(item as Item);
    return true;
  });
  await iterator.iterate();
}

/** Lines go to the compressor in pieces of about so many characters: one by one they would cost more than the SDK. */
const pieceLength = 64 * 1024;

/** One file of gzip NDJSON. */
export class Output {
  private readonly gzip: Gzip = createGzip({ level: 1 });
  private readonly done: Promise<void>;
  private piece = "";

  constructor(folder: string, name: string) {
    mkdirSync(folder, { recursive: true });
    this.done = pipeline(this.gzip, createWriteStream(join(folder, `${name}.ndjson.gz`)));
  }

  write(item: object): void {
    this.piece += `${JSON.stringify(item)}\n`;
    if (this.piece.length < pieceLength) return;
    this.gzip.write(this.piece);
    this.piece = "";
  }

  async end(): Promise<void> {
    this.gzip.end(this.piece);
    await this.done;
  }
}

/** Runs a number of workers over a list. */
export async function inParallel<Item>(
  items: readonly Item[],
  workers: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  let next = 0;
  const one = async () => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await work(item);
  };
  await Promise.all(Array.from({ length: workers }, one));
}
