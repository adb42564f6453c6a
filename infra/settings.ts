/** The stack's settings: what may stand below `entra-connectors:` in a Pulumi stack file, checked and with defaults. */
import { defaultAnchor } from "../components/permissions/instant";
import { planConnector } from "../components/permissions/plan";
import type { ConnectorSettings, Settings } from "../components/permissions/settings";
import { findProfile } from "../components/profiles";
import { parseAcknowledgements, refuseStrangers } from "./settings/acknowledgements";
import { given, isGroup } from "./settings/check";
import { parseCollector } from "./settings/collector";
import { withCompanions } from "./settings/companions";
import { type ParsedEntry, parseEntries } from "./settings/connectors";
import { allSettings } from "./settings/contradictions";
import { readShared } from "./settings/merge";
import { Problems, SettingsError } from "./settings/problems";
import { serveEntries } from "./settings/serving";
import { parseAzure, parseMoment, parseStackDefaults, refuseUnknownKeys } from "./settings/stack";
import type { FileReader } from "./settings/vendor-certificate";

export type { Settings } from "../components/permissions/settings";
export { SettingsError } from "./settings/problems";
export { settingsFromConfig, settingsFromStackFile } from "./settings/sources";

/** What parsing needs to know beyond the settings themselves. */
export interface ParseContext {
  /** Name of the stack; its file is named in errors. */
  readonly stack: string;
  /** Reads a file named in the settings (a vendor's certificate); paths are relative to the project. */
  readonly fileReader: FileReader;
  readonly now: Date;
  /** `refuse` (default): what needs an acknowledgement and has none is an error. `warn`: it is planned all the same. */
  readonly unacknowledged?: "refuse" | "warn";
  /** What errors call the settings. Default: the stack's file. */
  readonly source?: string;
}

/**
 * Parses the settings below `entra-connectors:` (an object with `connectors`, `defaults`, … as keys).
 * @throws SettingsError listing every problem at once; nothing else, whatever the input.
 */
export function parseSettings(raw: unknown, context: ParseContext): Settings {
  const source = context.source ?? `Pulumi.${context.stack}.yaml`;
  const problems = new Problems();
  if (!isGroup(raw)) {
    throw new SettingsError(source, [
      { path: "entra-connectors", message: `must be a group of settings, not ${given(raw)}.` },
    ]);
  }
  const settings = parseStack(raw, context, problems);
  if (problems.list.length > 0) throw new SettingsError(source, problems.list);
  return settings;
}

function parseStack(
  raw: Readonly<Record<string, unknown>>,
  context: ParseContext,
  problems: Problems,
): Settings {
  refuseUnknownKeys(raw, problems);
  const asOf = parseMoment(raw.asOf, context.now, problems);
  const shared = readShared(raw.defaults, raw.sourceGroups, allSettings(), problems);
  const written = parseEntries(raw.connectors, {
    stack: parseStackDefaults(raw, problems),
    shared,
    asOf,
    fileReader: context.fileReader,
    problems,
  });
  const azure = parseAzure(raw, problems);
  const input = parseCollector(
    raw.collector,
    { given: raw.azure !== undefined, settings: azure.azure },
    problems,
  );
  const {
    entries: own,
    collector,
    warnings,
  } = serveEntries(
    written,
    input,
    { azure: azure.azure, hasVault: raw.vault !== undefined, names: namedEntries(raw.connectors) },
    problems,
  );
  const entries = withCompanions(own, asOf, problems);
  const connectors = entries.map(({ connector }) => connector);
  const acknowledgements = parseAcknowledgements(raw.acknowledgements, asOf, problems);
  refuseStrangers(acknowledgements, [...namedEntries(raw.connectors), ...connectors], problems);
  const settings = { connectors, acknowledgements, ...(collector === undefined ? {} : { collector }) };
  if (context.unacknowledged !== "warn") refuseUnacknowledged(entries, settings, problems);
  return {
    ...settings,
    ...azure,
    stack: context.stack,
    asOf,
    warnings: [...warnings, ...warningsOf(connectors)],
  };
}

/** Names of all entries, also of those that did not parse: an acknowledgement of one of them is no stranger. */
function namedEntries(raw: unknown): readonly { readonly name: string }[] {
  if (!Array.isArray(raw)) return [];
  return raw.flatMap((entry: unknown) =>
    isGroup(entry) && typeof entry.name === "string" ? [{ name: entry.name.trim() }] : [],
  );
}

function refuseUnacknowledged(
  entries: readonly ParsedEntry[],
  { acknowledgements }: Pick<Settings, "acknowledgements">,
  problems: Problems,
): void {
  for (const { connector, pathOf } of entries) {
    for (const need of planConnector(connector, acknowledgements).needsAcknowledgement) {
      if (need.acknowledged) continue;
      const [setting = need.setting] = need.setting.split("[");
      const path = pathOf(setting) + need.setting.slice(setting.length);
      const lifetime = need.rule.endsWith("-lifetime");
      problems.add(
        path,
        lifetime ? need.reason : `brings ${need.finding}, which must be acknowledged. ${need.reason}`,
        `${lifetime ? "Shorten it" : "Change the setting"}, or add to acknowledgements: rule ${need.rule}, connector ${connector.name}, finding ${need.finding}, with a reason, an owner and an expiry.`,
      );
    }
  }
}

function warningsOf(connectors: readonly ConnectorSettings[]): readonly string[] {
  const notices = connectors.flatMap((connector) =>
    findProfile(connector.profile)
      .notices(connector)
      .map((notice) => `${connector.name}: ${notice}`),
  );
  const unanchored = connectors.filter(({ credentials }) =>
    credentials.some((credential) => "anchor" in credential && credential.anchor === defaultAnchor),
  );
  if (unanchored.length === 0) return notices;
  const names = unanchored.map(({ name }) => name).join(", ");
  return [
    ...notices,
    `${names}: no anchor is set, so the credentials' slots are counted from ${defaultAnchor.slice(0, 10)}. Write anchor: with the day the entry was made.`,
  ];
}
