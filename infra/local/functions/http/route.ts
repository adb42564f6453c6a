/** Routes of HTTP functions (page "Azure Functions HTTP trigger", customize the HTTP endpoint): literals, `{name}`, `{name:constraint}`, `{name?}`, `{*rest}`. */

interface Segment {
  readonly pattern: string;
  /** Literals come before parameters with a constraint, those before plain ones, a catch-all last. */
  readonly rank: string;
  readonly parameter?: string;
}

const constraints: Readonly<Record<string, string>> = {
  alpha: "[A-Za-z]+",
  bool: "(?:[Tt]rue|[Ff]alse)",
  guid: "[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",
  int: "-?\\d{1,10}",
  long: "-?\\d{1,19}",
};

/** A route template that this host does not understand. */
export class RouteError extends Error {
  override readonly name = "RouteError";
}

/** A route that paths are held against. */
export class Route {
  /** Routes are tried in the order of their ranks. */
  readonly rank: string;
  readonly #expression: RegExp;
  readonly #parameters: readonly string[];

  /** @throws RouteError */
  constructor(template: string) {
    const segments = template.split("/").filter(Boolean).map(parseSegment);
    this.rank = segments.map(({ rank }) => rank).join("");
    this.#parameters = segments.flatMap(({ parameter }) => parameter ?? []);
    this.#expression = new RegExp(`^${segments.map(({ pattern }) => pattern).join("")}/?$`, "i");
  }

  /** The parameters of a path that matches; undefined when it does not. */
  match(path: string): Record<string, string> | undefined {
    const match = this.#expression.exec(path);
    if (match === null) return undefined;
    const values = this.#parameters.map((name, index): [string, string | undefined] => [
      name,
      match[index + 1],
    ]);
    const given = values.filter((pair): pair is [string, string] => pair[1] !== undefined);
    return Object.fromEntries(given.map(([name, value]) => [name, decode(value)]));
  }
}

function parseSegment(text: string): Segment {
  if (!text.includes("{")) return { pattern: `/${text.replace(/[.*+?^$()|[\]\\]/g, "\\$&")}`, rank: "0" };
  const match = /^\{(\*?)(\w+)(?::(\w+))?(\?)?\}$/.exec(text);
  const [, star, parameter, constraint, optional] = match ?? [];
  const accepts = constraint === undefined ? "[^/]+" : constraints[constraint];
  if (parameter === undefined || accepts === undefined)
    throw new RouteError(`The local Functions host does not understand "${text}" in a route.`);
  if (star === "*") return { pattern: "(?:/(.*))?", rank: "3", parameter };
  const pattern = optional === "?" ? `(?:/(${accepts}))?` : `/(${accepts})`;
  return { pattern, rank: constraint === undefined ? "2" : "1", parameter };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
