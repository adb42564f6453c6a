import { type Zippable, zipSync } from "fflate";

/** A zip whose bytes depend on the names and contents alone. */
export function zipped(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const entries: Zippable = {};
  for (const name of Object.keys(files).sort()) {
    const content = files[name] ?? "";
    // A copy in this realm's own Uint8Array: fflate takes anything else for a folder.
    entries[name] = typeof content === "string" ? Buffer.from(content, "utf8") : Buffer.from(content);
  }
  // A zip tells local time without its zone: this is the same date in all zones.
  return zipSync(entries, { level: 9, mtime: new Date(2020, 0, 1), os: 0 });
}
