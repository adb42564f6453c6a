/** The two halves of an IPv4 range: for the function apps, and for private endpoints. */
export function splitAddressSpace(range: string): readonly [functions: string, endpoints: string] {
  const { address, length } = parseRange(range);
  const half = length + 1;
  return [`${dotted(address)}/${half}`, `${dotted(address + 2 ** (32 - half))}/${half}`];
}

/** Whether a text is an IPv4 range whose address is its first one, for example `10.90.0.0/24`. */
export function isAddressRange(text: string): boolean {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (match === null) return false;
  const numbers = match.slice(1).map(Number);
  if (numbers.slice(0, 4).some((part) => part > 255) || Number(match[5]) > 32) return false;
  const { address, length } = parseRange(text);
  return address % 2 ** (32 - length) === 0;
}

function parseRange(range: string): { readonly address: number; readonly length: number } {
  const [first = "", length = "32"] = range.split("/");
  const address = first.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  return { address, length: Number(length) };
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
