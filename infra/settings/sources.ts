/** Where settings are read from: the configuration of a running Pulumi program, or a stack file. */
import { parseDocument } from "yaml";
import { asWritten } from "../../components/permissions/engine-date";
import { isGroup } from "./check";
import { SettingsError } from "./problems";

const prefix = "entra-connectors:";

/** Settings that are a plain text; all others are structures, which Pulumi hands over as JSON. */
const texts: readonly string[] = ["tenantId", "cloud", "graphDomain", "asOf"];

/** The settings among all configuration of a Pulumi program (`namespace:key` to text, as `allConfig` gives it). */
export function settingsFromConfig(config: Readonly<Record<string, string>>): unknown {
  const entries = Object.entries(config).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(
    entries.map(([key, value]) => {
      const name = key.slice(prefix.length);
      return [name, texts.includes(name) ? asWritten(value) : fromJson(value)];
    }),
  );
}

/** A text that is no JSON stays a text: the parser then says what it should have been. */
function fromJson(text: string): unknown {
  try {
    return JSON.parse(text, (_key, value) => (typeof value === "string" ? asWritten(value) : value));
  } catch {
    return text;
  }
}

/**
 * The settings of a Pulumi stack file. Encrypted values are left out: nothing that is planned is a secret.
 * @throws SettingsError when the text is no YAML or has no `config`.
 */
export function settingsFromStackFile(text: string, source: string): unknown {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) {
    const line = error.linePos?.[0].line;
    const place = line === undefined ? "yaml" : `line ${line}`;
    throw new SettingsError(source, [{ path: place, message: `is not valid YAML: ${yamlProblem(error)}.` }]);
  }
  const content: unknown = toPlain(document, source);
  const config = isGroup(content) ? content.config : undefined;
  if (!isGroup(config)) {
    throw new SettingsError(source, [
      {
        path: "config",
        message: "is missing.",
        advice: `A stack file has config: with ${prefix}connectors below it.`,
      },
    ]);
  }
  const entries = Object.entries(config).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(entries.map(([key, value]) => [key.slice(prefix.length), withoutSecrets(value)]));
}

/** What is wrong with a YAML text, in the parser's words, without the place and without what stands there. */
export function yamlProblem({ message }: Error): string {
  return message.split(/ at line \d|\n|: "/)[0] ?? message;
}

function toPlain(document: ReturnType<typeof parseDocument>, source: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    throw new SettingsError(source, [
      { path: "yaml", message: "has anchors that repeat too often to be read." },
    ]);
  }
}

/** `{ secure: … }` is how a stack file holds an encrypted value. Dates are in the engine's words once it has rewritten the file. */
function withoutSecrets(value: unknown): unknown {
  if (typeof value === "string") return asWritten(value);
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isGroup(value)) return value;
  if (Object.keys(value).length === 1 && typeof value.secure === "string") return undefined;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutSecrets(one)]));
}
