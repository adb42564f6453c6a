import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { pipeline } from "node:stream/promises";

async function sha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path, { highWaterMark: 4 * 1024 * 1024 }), hash);
  return hash.digest("hex");
}

function checksumFile(path: string): string {
  return `${path}.sha256`;
}

/** Writes `<path>.sha256`, in the form that `sha256sum -c` reads. */
export async function recordChecksum(path: string): Promise<void> {
  await writeFile(checksumFile(path), `${await sha256(path)}  ${basename(path)}\n`);
}

/** True when the file and its checksum are there and fit each other. */
export async function matchesChecksum(path: string): Promise<boolean> {
  try {
    const [recorded, actual] = await Promise.all([readFile(checksumFile(path), "utf8"), sha256(path)]);
    return recorded.split(" ")[0] === actual;
  } catch {
    return false;
  }
}
