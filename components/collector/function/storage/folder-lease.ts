/** A lease in a folder: a file that names its holder and says until when. */
import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { z } from "zod";
import type { Lease } from "./store";

/** A lease lives for this long unless it is renewed, as one of a blob does. */
const lifetimeMilliseconds = 60_000;
const renewalMilliseconds = 15_000;

const holderSchema = z.object({ id: z.string(), pid: z.number(), host: z.string(), until: z.number() });
type Holder = z.output<typeof holderSchema>;

/**
 * Takes the lease of that file, also from a holder that is no more: its process is gone, or its time is over.
 * @returns undefined when another holds it
 */
export async function acquireFolderLease(file: string): Promise<Lease | undefined> {
  const id = randomUUID();
  for (let attempt = 0; attempt < 3; attempt++) {
    if (await create(file, holder(id))) return new FolderLease(file, id);
    const other = await readHolder(file);
    if (other !== undefined && alive(other)) return undefined;
    await removeDead(file, other);
  }
  return undefined;
}

/** Whether a living holder has the lease of that file. */
export async function isFolderLeased(file: string): Promise<boolean> {
  const holder = await readHolder(file);
  return holder !== undefined && alive(holder);
}

class FolderLease implements Lease {
  private readonly lost = new AbortController();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly file: string,
    private readonly id: string,
  ) {
    this.timer = setInterval(() => this.renew().catch(() => this.lose()), renewalMilliseconds);
    this.timer.unref();
  }

  get signal(): AbortSignal {
    return this.lost.signal;
  }

  async release(): Promise<void> {
    clearInterval(this.timer);
    if (await this.isOurs()) await rm(this.file, { force: true });
  }

  private async renew(): Promise<void> {
    if (!(await this.isOurs())) return this.lose();
    const aside = `${this.file}.${this.id}.writing`;
    await writeFile(aside, JSON.stringify(holder(this.id)));
    await rename(aside, this.file);
  }

  private lose(): void {
    clearInterval(this.timer);
    this.lost.abort();
  }

  private async isOurs(): Promise<boolean> {
    return (await readHolder(this.file))?.id === this.id;
  }
}

function holder(id: string): Holder {
  return { id, pid: process.pid, host: hostname(), until: Date.now() + lifetimeMilliseconds };
}

/** Linking a finished file into place is the one atomic way to create it with its content. */
async function create(file: string, content: Holder): Promise<boolean> {
  const aside = `${file}.${content.id}.writing`;
  await writeFile(aside, JSON.stringify(content));
  try {
    await link(aside, file);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    return holderSchema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    return undefined;
  }
}

/**
 * Moves the dead holder's file aside before it is removed: of two that found it dead, one moves it. Whoever moved a
 * living lease by that race puts it back.
 */
async function removeDead(file: string, dead: Holder | undefined): Promise<void> {
  const aside = `${file}.${randomUUID()}.writing`;
  try {
    await rename(file, aside);
  } catch {
    return;
  }
  const moved = await readHolder(aside);
  if (moved !== undefined && moved.id !== dead?.id && alive(moved)) {
    await link(aside, file).catch(() => undefined);
  }
  await rm(aside, { force: true });
}

function alive({ pid, host, until }: Holder): boolean {
  if (until < Date.now()) return false;
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
