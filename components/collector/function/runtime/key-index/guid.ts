/** GUIDs as 16 bytes: most keys are one, or two with a slash between them. */

/** Characters of a GUID's text. */
export const guidLength = 36;

const hexadecimal = "0123456789abcdef";
const values = new Int8Array(128).fill(-1);
for (let digit = 0; digit < 16; digit++) values[hexadecimal.charCodeAt(digit)] = digit;
const pairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const dash = 0x2d;

/** Packs the GUID that begins at `from`; false, with anything written, when it is none in lower case. */
export function packGuid(text: string, from: number, bytes: Uint8Array, to: number): boolean {
  let at = from;
  for (let index = 0; index < 16; index++) {
    if (index === 4 || index === 6 || index === 8 || index === 10) {
      if (text.charCodeAt(at++) !== dash) return false;
    }
    const high = values[text.charCodeAt(at++)] ?? -1;
    const low = values[text.charCodeAt(at++)] ?? -1;
    if (high < 0 || low < 0) return false;
    bytes[to + index] = (high << 4) | low;
  }
  return true;
}

export function unpackGuid(bytes: Uint8Array, from: number): string {
  let text = "";
  for (let index = 0; index < 16; index++) {
    if (index === 4 || index === 6 || index === 8 || index === 10) text += "-";
    text += pairs[bytes[from + index] ?? 0];
  }
  return text;
}
