import type { Shape } from "./shape";

/** One property of an interface or class: its name, whether it may be absent, and its type in TypeScript's words. */
interface Member {
  readonly name: string;
  readonly optional: boolean;
  readonly type: string;
}

/** Reads shapes from the declaration files of the SDK, which its generator writes in one fixed manner. */
export class Declarations {
  readonly #namespaces = new Map<string, Map<string, string>>();

  /** `types` is the text of the SDK's `types/input.d.ts`. */
  constructor(types: string) {
    for (const [, name = "", body = ""] of types.matchAll(
      /^export declare namespace (\w+) \{\n([\s\S]*?)^\}/gm,
    )) {
      const interfaces = [...body.matchAll(/^ {4}interface (\w+) \{\n([\s\S]*?)^ {4}\}/gm)];
      this.#namespaces.set(name, new Map(interfaces.map(([, title = "", text = ""]) => [title, text])));
    }
  }

  /** The shape of an interface of a class's file, such as `StorageAccountArgs`. */
  argumentsIn(file: string, title: string): { [name: string]: Shape } {
    const body = new RegExp(`^export interface ${title} \\{\\n([\\s\\S]*?)^\\}`, "m").exec(file)?.[1];
    if (body === undefined) throw new Error(`The SDK declares no ${title}.`);
    return this.#shapeOf(membersIn(body), []);
  }

  #shapeOf(members: readonly Member[], within: readonly string[]): { [name: string]: Shape } {
    return Object.fromEntries(
      members.map(({ name, optional, type }) => [
        optional ? `${name}?` : name,
        this.#typeShape(type, within),
      ]),
    );
  }

  #typeShape(type: string, within: readonly string[]): Shape {
    const bare = withoutInput(type);
    if (bare.endsWith("[]")) return [this.#typeShape(bare.slice(0, -2), within)];
    const map = /^\{ \[key: string\]: ([\s\S]+?);? \}$/.exec(bare)?.[1];
    if (map !== undefined) return { "*": this.#typeShape(map, within) };
    const [, namespace, title] = /^inputs\.(\w+)\.(\w+)$/.exec(bare) ?? /^(\w+)\.(\w+Args)$/.exec(bare) ?? [];
    if (namespace !== undefined && title !== undefined) return this.#named(namespace, title, within);
    return primitive(bare);
  }

  /** A type within itself is not followed further. */
  #named(namespace: string, title: string, within: readonly string[]): Shape {
    const key = `${namespace}.${title}`;
    const body = this.#namespaces.get(namespace)?.get(title);
    if (body === undefined || within.includes(key)) return "any";
    return this.#shapeOf(membersIn(body), [...within, key]);
  }
}

/** The output properties of a class's file. */
export function outputsIn(file: string): string[] {
  return [...file.matchAll(/^ {4}readonly (\w+): pulumi\.Output</gm)].map(([, name = ""]) => name);
}

function membersIn(body: string): Member[] {
  const text = body.replaceAll(/\/\*\*[\s\S]*?\*\//g, "").replaceAll(/\s+/g, " ");
  return [...text.matchAll(/(\w+)(\??): ((?:\{[^}]*\}|[^;{])+);/g)].map(
    ([, name = "", mark = "", type = ""]) => ({ name, optional: mark === "?", type: type.trim() }),
  );
}

/** A type without `pulumi.Input<…>` and without the word that says that it may be undefined. */
function withoutInput(type: string): string {
  const bare = type.trim().replace(/ \| undefined$/, "");
  const inner = /^pulumi\.Input<([\s\S]*)>$/.exec(bare)?.[1];
  return inner !== undefined && balanced(inner) ? withoutInput(inner) : bare;
}

function balanced(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === "<") depth += 1;
    if (character === ">") depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** Named values are texts here: the service itself says which it takes. */
function primitive(type: string): Shape {
  if (/^(?:string|enums\.\w+\.\w+)(?: \| (?:string|enums\.\w+\.\w+))*$/.test(type)) return "string";
  return type === "number" || type === "boolean" ? type : "any";
}
