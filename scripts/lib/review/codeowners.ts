/** Who owns a path by the repository's CODEOWNERS. Source: GitHub's "About code owners": the last pattern that matches counts. */

/** Where GitHub looks, in this order. */
export const codeownersPlaces = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"] as const;

/** Owners of any of the paths, each once. */
export function ownersOf(paths: readonly string[], codeowners: string): readonly string[] {
  const rules = codeowners.split(/\r?\n/).flatMap((line) => {
    const [pattern, ...owners] = line
      .replace(/(^|\s)#.*$/, "")
      .trim()
      .split(/\s+/);
    return pattern ? [{ matches: matcher(pattern), owners }] : [];
  });
  const owners = paths.flatMap((path) => rules.findLast(({ matches }) => matches.test(path))?.owners ?? []);
  return [...new Set(owners)];
}

/** A pattern as gitignore has them, without negation and character ranges, which CODEOWNERS does not know. */
function matcher(pattern: string): RegExp {
  const anchored = pattern.replace(/\/$/, "").includes("/");
  const body = pattern
    .replace(/^\//, "")
    .replace(/\/$/, "")
    .split(/(\*\*\/|\/\*\*|\*|\?)/)
    .map(part)
    .join("");
  // A pattern that ends with a lone star names files of that folder, not of folders below.
  const below = pattern.endsWith("/*") ? "$" : "(?:/|$)";
  return new RegExp(`^${anchored ? "" : "(?:.*/)?"}${body}${below}`);
}

function part(text: string): string {
  if (text === "**/") return "(?:.*/)?";
  if (text === "/**") return "/.*";
  if (text === "*") return "[^/]*";
  if (text === "?") return "[^/]";
  return text.replaceAll(/[\\^$+.()|[\]{}]/g, "\\$&");
}
