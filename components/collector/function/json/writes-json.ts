/** Data that writes itself as JSON: no text and no objects are made of what is only passed on. */
import type { ByteText } from "./byte-text";

export interface WritesJson {
  /** Writes what `JSON.stringify` would make of the same data. */
  writeJson(to: ByteText): void;
}

const writesJson = (data: object): data is WritesJson =>
  "writeJson" in data && typeof data.writeJson === "function";

/** Replaces the text by the JSON of the data. */
export function setJson(text: ByteText, data: object): void {
  text.clear();
  if (writesJson(data)) data.writeJson(text);
  else text.text(JSON.stringify(data));
}
