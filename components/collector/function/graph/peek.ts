/** Finds a page's next link without parsing the page. */

/** Graph writes it before the items, other services after them. */
const near = 8 * 1024;
const pattern = /"@odata\.nextLink"\s*:\s*("(?:[^"\\]|\\.)*")/;

/** @returns undefined where there is none near either end; never to be trusted, as a value of an item may look alike */
export function peekNextLink(bytes: Buffer): string | undefined {
  const head = bytes.toString("latin1", 0, near);
  const tail = bytes.length > near ? bytes.toString("latin1", Math.max(near, bytes.length - near)) : "";
  const literal = (pattern.exec(head) ?? pattern.exec(tail))?.[1];
  if (literal === undefined) return undefined;
  try {
    return String(JSON.parse(literal));
  } catch {
    return undefined;
  }
}
