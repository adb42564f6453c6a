import type { Settings } from "../../../infra/settings";
import { type ParseContext, parseSettings, SettingsError } from "../../../infra/settings";
import type { Problem } from "../../../infra/settings/problems";

export const tenantId = "6f2c1d5e-3a4b-4c8d-9e0f-1a2b3c4d5e6f";

/** The dev stack's entries, in short. */
export const identityManager = { profile: "netwrix-identity-manager", name: "Identity Manager Contoso" };
export const conductorOne = { profile: "conductorone", name: "ConductorOne" };

const context: ParseContext = {
  stack: "contoso",
  now: new Date("2026-06-01T00:00:00Z"),
  fileReader: () => {
    throw new Error("no such file");
  },
};

export function parse(raw: unknown, changes: Partial<ParseContext> = {}): Settings {
  return parseSettings(raw, { ...context, ...changes });
}

/** Parses one entry in an otherwise good stack. */
export function parseEntry(entry: object, changes: Partial<ParseContext> = {}) {
  const [connector] = parse({ tenantId, connectors: [{ ...identityManager, ...entry }] }, changes).connectors;
  if (connector === undefined) throw new Error("the entry is gone");
  return connector;
}

/** The problems of bad settings. */
export function problemsOf(raw: unknown, changes: Partial<ParseContext> = {}): readonly Problem[] {
  return errorOf(raw, changes).problems;
}

export function errorOf(raw: unknown, changes: Partial<ParseContext> = {}): SettingsError {
  try {
    parse(raw, changes);
  } catch (error) {
    if (error instanceof SettingsError) return error;
    throw error;
  }
  throw new Error("the settings were accepted");
}

/** The problems of one entry in an otherwise good stack, as `path message`. */
export function entryProblems(entry: object, changes: Partial<ParseContext> = {}): readonly string[] {
  return problemsOf({ tenantId, connectors: [{ ...identityManager, ...entry }] }, changes).map(
    ({ path, message }) => `${path} ${message}`,
  );
}
