/** Keeps the parts of the README that are made from code. A part stands between `<!-- name:begin -->` and `<!-- name:end -->`. */

/** The text with the part replaced. @throws Error when its marks are missing. */
export function fillPart(text: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`The README has no ${begin} … ${end}.`);
  return `${text.slice(0, from + begin.length)}\n${content}\n${text.slice(to)}`;
}
