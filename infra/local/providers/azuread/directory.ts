import type { PlainProperties } from "../../../../components/plugin/serve";
import type { Api } from "../http/api";
import { connect } from "../http/connect";
import type { SignInSettings } from "../http/settings";
import { KeyedLock } from "./keyed-lock";

/** The client of this plugin: Microsoft Graph in its two versions, and who signs in. */
export interface Directory {
  readonly v1: Api;
  readonly beta: Api;
  readonly settings: SignInSettings;
  /** Credentials of one application are read, changed and written back: one at a time. */
  readonly applications: KeyedLock;
}

/** Connects to the directory of the provider's configuration. */
export async function connectDirectory(
  configuration: PlainProperties,
  signal: AbortSignal,
): Promise<Directory> {
  const connection = await connect(configuration, signal);
  const { graph } = connection.endpoints;
  const scope = `${graph}/.default`;
  return {
    v1: connection.api(`${graph}/v1.0`, scope),
    beta: connection.api(`${graph}/beta`, scope),
    settings: connection.settings,
    applications: new KeyedLock(),
  };
}
