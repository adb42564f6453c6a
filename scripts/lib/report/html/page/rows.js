// Unpacks a table: columns whose cells are places in a list of texts, or seconds since 1970.

const arrays = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array };

/** Reads what column-table.ts packed. */
export async function unpack(id) {
  const source = document.getElementById(`data-${id}`);
  const binary = atob(source.textContent);
  source.remove();
  const packed = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const buffer = await new Response(stream).arrayBuffer();
  const length = new DataView(buffer).getUint32(0, true);
  const { rows, columns } = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  let offset = 4 + length;
  for (const column of columns) {
    column.numbers = new arrays[column.bytes](buffer, offset, rows);
    offset += Math.ceil((rows * column.bytes) / 4) * 4;
  }
  return { rows, columns };
}

export const time = (seconds) =>
  seconds === 0 ? "" : new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ");

export const cellText = ({ kind, texts, numbers }, row) =>
  kind === "time" ? time(numbers[row]) : texts[numbers[row]];

const compare = new Intl.Collator("en", { numeric: true }).compare;

/** What the column sorts by, one number a row: times as they are, texts by their rank. */
export function sortNumbers(column) {
  if (column.kind === "time") return column.numbers;
  if (!column.ranks) {
    const order = column.texts.map((_, place) => place);
    order.sort((a, b) => compare(column.texts[a], column.texts[b]));
    column.ranks = new Uint32Array(order.length);
    for (const [rank, place] of order.entries()) column.ranks[place] = rank;
  }
  return Uint32Array.from(column.numbers, (place) => column.ranks[place]);
}

/** Rows in which every word stands in some column, in the order that `order` has. */
export function matching({ columns }, order, words) {
  let left = order;
  for (const word of words) {
    const tests = columns.map((column) => {
      if (column.kind === "time")
        return /^[\d:-]+$/.test(word) ? (row) => time(column.numbers[row]).includes(word) : () => false;
      column.lower ??= column.texts.map((text) => text.toLowerCase());
      const hits = Uint8Array.from(column.lower, (text) => (text.includes(word) ? 1 : 0));
      return (row) => hits[column.numbers[row]] === 1;
    });
    left = left.filter((row) => tests.some((test) => test(row)));
  }
  return left;
}
