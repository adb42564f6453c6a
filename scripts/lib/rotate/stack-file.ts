/** Gives a credential another anchor in the text of a stack file, and leaves every other character as it is. */
import {
  Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  Scalar,
  type YAMLMap,
} from "yaml";
import { findProfile } from "../../../components/profiles";
import type { RotatingCredential } from "./model";

/** The text after a change, and what was changed where. */
export interface Edited {
  readonly text: string;
  readonly line: number;
  readonly path: string;
  readonly before: string | null;
}

/** Which credential of which entry gets which anchor. */
export interface AnchorWish {
  /** The entry's `name`. */
  readonly entry: string;
  readonly kind: RotatingCredential["kind"];
  /** ISO date-time. */
  readonly anchor: string;
}

/** A place for new text, from one offset to another. */
interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly path: string;
  readonly before: string | null;
}

/**
 * The ways to write the wish down, the smallest change first: where the credential has an anchor already, where its entry
 * has or could have one, and on the credential itself. Which of them does what is wished, and nothing else, depends on who
 * shares the anchor: the caller finds out.
 *
 * @returns none when the entry is not written out in the file (a YAML alias, an encrypted value)
 */
export function anchorEdits(text: string, wish: AnchorWish): readonly Edited[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const entries = document.getIn(["config", "entra-connectors:connectors"], true);
  if (!isSeq(entries)) return [];
  const index = entries.items.findIndex((item) => isMap(item) && nameOf(item) === wish.entry);
  const entry = entries.items[index];
  if (!isMap(entry)) return [];
  const path = `connectors[${index}]`;
  const editor = new Editor(text, asDate(wish.anchor));
  const splices = [
    ...ownAnchor(editor, entry, path, wish.kind),
    ...entryAnchor(editor, entry, path),
    ...credentialAnchor(editor, entry, path, wish.kind, inheritedCredentials(document, entry)),
  ];
  return splices.map((splice) => ({
    text: text.slice(0, splice.from) + splice.text + text.slice(splice.to),
    line: lines.linePos(splice.from).line + (/^\r?\n/.test(splice.text) ? 1 : 0),
    path: splice.path,
    before: splice.before,
  }));
}

/** A date alone where it is midnight, as people write it. */
function asDate(instant: string): string {
  return instant.replace(/T00:00:00(\.000)?Z$/, "");
}

function nameOf(entry: YAMLMap): unknown {
  const name = entry.get("name");
  return typeof name === "string" ? name.trim() : undefined;
}

/** The credential's own anchor. */
function ownAnchor(editor: Editor, entry: YAMLMap, path: string, kind: string): readonly Splice[] {
  return credentialNodes(entry, path).flatMap(({ node, path: at }) =>
    isMap(node) && node.get("kind") === kind ? editor.replace(node.get("anchor", true), `${at}.anchor`) : [],
  );
}

/** The anchor that all credentials of the entry share. */
function entryAnchor(editor: Editor, entry: YAMLMap, path: string): readonly Splice[] {
  const at = `${path}.anchor`;
  return entry.has("anchor")
    ? editor.replace(entry.get("anchor", true), at)
    : editor.add(entry, `anchor: ${editor.quoted}`, at);
}

/** An anchor on the credential, where it has none of its own yet. */
function credentialAnchor(
  editor: Editor,
  entry: YAMLMap,
  path: string,
  kind: string,
  inherited: readonly unknown[],
): readonly Splice[] {
  if (!entry.has("credentials")) {
    const at = inherited.findIndex((one) => kindOf(one) === kind);
    if (at === -1) return [];
    const list = inherited.map((one, index) => (index === at ? editor.anchored(one, kind) : one));
    return editor.add(entry, `credentials: ${flow(list)}`, `${path}.credentials[${at}].anchor`);
  }
  return credentialNodes(entry, path).flatMap(({ node, path: at }) => {
    if (isScalar(node) && node.value === kind)
      return editor.rewrite(node, flow(editor.anchored(kind, kind)), `${at}.anchor`, null);
    if (!isMap(node) || node.get("kind") !== kind || node.has("anchor")) return [];
    return editor.add(node, `anchor: ${editor.quoted}`, `${at}.anchor`);
  });
}

function credentialNodes(entry: YAMLMap, path: string): readonly { node: unknown; path: string }[] {
  const credentials = entry.get("credentials", true) as unknown;
  if (!isSeq(credentials)) return [{ node: credentials, path: `${path}.credentials` }];
  return credentials.items.map((node, index) => ({ node, path: `${path}.credentials[${index}]` }));
}

/** What the entry's group, the defaults or its profile give it. */
function inheritedCredentials(document: Document, entry: YAMLMap): readonly unknown[] {
  const shared = (place: readonly string[]) => {
    const node = document.getIn(["config", ...place, "credentials"], true) as Node | undefined;
    return node?.toJS(document) as unknown;
  };
  const group = entry.get("sourceGroup");
  const profile = entry.get("profile");
  const given =
    (typeof group === "string" ? shared(["entra-connectors:sourceGroups", group]) : undefined) ??
    shared(["entra-connectors:defaults"]) ??
    (typeof profile === "string" ? findProfile(profile).defaultCredentials : []);
  return Array.isArray(given) ? given : [given];
}

function kindOf(credential: unknown): unknown {
  if (typeof credential === "string") return credential;
  return typeof credential === "object" && credential !== null && "kind" in credential
    ? credential.kind
    : undefined;
}

function flow(value: unknown): string {
  return new Document(value).toString({ collectionStyle: "flow", lineWidth: 0 }).trimEnd();
}

const quotes: Readonly<Record<string, string>> = { QUOTE_SINGLE: "'", QUOTE_DOUBLE: '"' };

/** Makes splices of one text for one date. */
class Editor {
  /** The date as a YAML scalar that no reader takes for a point in time. */
  readonly quoted: string;

  constructor(
    private readonly text: string,
    private readonly date: string,
  ) {
    this.quoted = `"${date}"`;
  }

  /** The scalar gets the date, in the quotes that it has. */
  replace(node: unknown, path: string): readonly Splice[] {
    if (!isScalar(node)) return [];
    const quote = quotes[node.type ?? "PLAIN"] ?? "";
    return this.rewrite(node, `${quote}${this.date}${quote}`, path, String(node.value));
  }

  /** The scalar gets another text; `before` is the date that it was. */
  rewrite(node: Scalar, text: string, path: string, before: string | null): readonly Splice[] {
    if (!node.range) return [];
    return [{ from: node.range[0], to: node.range[1], text, path, before }];
  }

  /** The map gets a further pair: after its last one in braces, else on a line below its name, profile or kind. */
  add(map: YAMLMap, pair: string, path: string): readonly Splice[] {
    const place = map.flow ? map.items.at(-1) : map.items.find(isPlace);
    const end = endOf(place);
    const key = place?.key;
    if (end === undefined || !isScalar(key) || !key.range) return [];
    if (map.flow) return [{ from: end, to: end, text: `, ${pair}`, path, before: null }];
    const column = key.range[0] - (this.text.lastIndexOf("\n", key.range[0] - 1) + 1);
    const lineEnd = /\r?\n|$/.exec(this.text.slice(end));
    const from = end + (lineEnd?.index ?? 0);
    const newLine = this.text.includes("\r\n") ? "\r\n" : "\n";
    return [{ from, to: from, text: `${newLine}${" ".repeat(column)}${pair}`, path, before: null }];
  }

  /** A credential with the date as its anchor. */
  anchored(credential: unknown, kind: string): unknown {
    const anchor = new Scalar(this.date);
    anchor.type = Scalar.QUOTE_DOUBLE;
    return { ...(typeof credential === "object" ? credential : { kind }), anchor };
  }
}

function isPlace({ key, value }: Pair): boolean {
  const name = isScalar(key) ? key.value : undefined;
  return (name === "name" || name === "profile" || name === "kind") && isScalar(value);
}

function endOf(pair: Pair | undefined): number | undefined {
  const value = pair?.value;
  return isScalar(value) || isMap(value) || isSeq(value) ? value.range?.[1] : undefined;
}
