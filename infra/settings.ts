/** The stack's settings: what may stand below `entra-connectors:` in a Pulumi stack file, checked and with defaults. */
import type { Settings } from "../components/permissions/settings";
import { SettingsError } from "./settings/problems";

export type { ConnectorSettings, Settings } from "../components/permissions/settings";
export { SettingsError } from "./settings/problems";

/** What parsing needs to know beyond the settings themselves. */
export interface ParseContext {
  /** Name of the stack; its file is named in errors. */
  readonly stack: string;
  /** Reads a file named in the settings (a vendor's certificate); paths are relative to the project. */
  readonly fileReader: (path: string) => Uint8Array;
  readonly now: Date;
  /** `refuse` (default): what needs an acknowledgement and has none is an error. `warn`: it is planned all the same. */
  readonly unacknowledged?: "refuse" | "warn";
}

/**
 * Parses the settings below `entra-connectors:` (an object with `connectors`, `defaults`, … as keys).
 * @throws SettingsError listing every problem at once.
 */
export function parseSettings(raw: unknown, context: ParseContext): Settings {
  throw new SettingsError(context.stack, [{ path: "connectors", message: typeof raw }]);
}
