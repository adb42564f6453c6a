/** A store in a folder: what `collect` writes on an operator's machine, what tests and benches read. */
import { createHash, randomUUID } from "node:crypto";
import { createReadStream, type Dirent } from "node:fs";
import { link, mkdir, open, opendir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import type { Readable } from "node:stream";
import { acquireFolderLease, isFolderLeased } from "./folder-lease";
import {
  type BlobStore,
  type CollectorStore,
  type Condition,
  ConditionFailedError,
  type ETag,
} from "./store";

/** Files that are not wholly written yet; never listed, never read. */
const unfinished = ".writing";

/**
 * Opens, or begins, a store below a folder: `data/` and `state/`. A file appears whole or not at all (written aside,
 * then renamed); its version is a hash of its content. Conditions on one blob are safe among processes of one machine
 * as long as its writers hold the stream's lease, which they do.
 */
export function openFolderStore(folder: string): CollectorStore {
  return { data: new FolderBlobs(join(folder, "data")), state: new FolderBlobs(join(folder, "state")) };
}

class FolderBlobs implements BlobStore {
  private readonly root: string;
  private readonly made = new Set<string>();

  constructor(root: string) {
    this.root = resolve(root);
  }

  async read(path: string): Promise<{ bytes: Buffer; etag: ETag } | undefined> {
    const bytes = await orAbsent(readFile(this.file(path)));
    return bytes && { bytes, etag: version(bytes) };
  }

  async readStream(path: string): Promise<Readable | undefined> {
    const handle = await orAbsent(open(this.file(path), "r"));
    return handle && createReadStream("", { fd: handle, highWaterMark: 256 * 1024 });
  }

  async write(path: string, bytes: Buffer, condition?: Condition): Promise<ETag> {
    const file = this.file(path);
    await this.makeFolder(dirname(file));
    if (condition !== undefined && "ifMatch" in condition) await this.demand(path, condition.ifMatch);
    const aside = `${file}.${randomUUID()}${unfinished}`;
    await this.writeAside(aside, bytes);
    if (condition !== undefined && "ifAbsent" in condition) await this.place(aside, file, path);
    else await rename(aside, file);
    return version(bytes);
  }

  async delete(path: string): Promise<void> {
    await rm(this.file(path), { force: true });
  }

  async *list(prefix: string): AsyncGenerator<string, void, undefined> {
    const below = prefix.slice(0, prefix.lastIndexOf("/") + 1);
    for await (const path of this.walk(below)) if (path.startsWith(prefix)) yield path;
  }

  async lease(path: string) {
    const file = this.file(path);
    await this.makeFolder(dirname(file));
    return acquireFolderLease(file);
  }

  isLeased(path: string): Promise<boolean> {
    return isFolderLeased(this.file(path));
  }

  private file(path: string): string {
    const file = resolve(this.root, path);
    if (!file.startsWith(this.root + sep)) throw new Error(`"${path}" is no path inside the store.`);
    return file;
  }

  private async makeFolder(folder: string): Promise<void> {
    if (this.made.has(folder)) return;
    await mkdir(folder, { recursive: true });
    this.made.add(folder);
  }

  /** Writes beside the target; makes its folder again where it was deleted meanwhile. */
  private async writeAside(aside: string, bytes: Buffer): Promise<void> {
    const handle = await orAbsent(open(aside, "wx"));
    if (handle === undefined) {
      await mkdir(dirname(aside), { recursive: true });
      return this.writeAside(aside, bytes);
    }
    try {
      await handle.writeFile(bytes);
    } finally {
      await handle.close();
    }
  }

  private async demand(path: string, etag: ETag): Promise<void> {
    const there = await this.read(path);
    if (there?.etag !== etag) throw new ConditionFailedError(`"${path}" was written by somebody else.`);
  }

  private async place(aside: string, file: string, path: string): Promise<void> {
    try {
      await link(aside, file);
    } catch (error) {
      if (!hasCode(error, "EEXIST")) throw error;
      throw new ConditionFailedError(`"${path}" is there already.`);
    } finally {
      await rm(aside, { force: true });
    }
  }

  private async *walk(folder: string): AsyncGenerator<string, void, undefined> {
    const entries = await orAbsent(opendir(join(this.root, folder)));
    if (entries === undefined) return;
    const found: Dirent[] = [];
    for await (const entry of entries) found.push(entry);
    for (const entry of found.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.isDirectory()) yield* this.walk(`${folder}${entry.name}/`);
      else if (!entry.name.endsWith(unfinished)) yield folder + entry.name;
    }
  }
}

const version = (bytes: Buffer): ETag => `"${createHash("sha256").update(bytes).digest("base64url")}"`;

async function orAbsent<Value>(action: Promise<Value>): Promise<Value | undefined> {
  try {
    return await action;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
