/** How an error of the program reaches the person who deploys. */
import * as pulumi from "@pulumi/pulumi";
import { CloudDiscoveryError, UnknownCloudError } from "../components/clouds";
import { SettingsError } from "./settings";

/** How the SDK tells an error of a function of our own plugin, whose words are for people. */
const ownPluginSaid = /^invocation of entra-connectors:\S+ returned an error: (.+)$/s;

/**
 * Throws what the engine is to print: what a person can mend as its text alone, anything else with its stack trace.
 * @throws RunError for an error that says in its own words what is wrong; any other as it is
 */
export function explain(error: unknown): never {
  const mendable =
    error instanceof SettingsError ||
    error instanceof UnknownCloudError ||
    error instanceof CloudDiscoveryError;
  if (mendable) throw new pulumi.RunError(error.message);
  const said = error instanceof Error ? ownPluginSaid.exec(error.message)?.[1] : undefined;
  throw said === undefined ? error : new pulumi.RunError(said);
}
