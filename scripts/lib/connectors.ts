import { distance } from "fastest-levenshtein";
import type { ConnectorOutput, StackOutputs } from "../../infra/outputs";
import { UserError } from "./errors";

/** A connector of a stack with the key of its output, which is also its slug. */
export interface NamedConnector {
  readonly key: string;
  readonly connector: ConnectorOutput;
}

/**
 * The connectors a command is about: the one named (by slug or display name), else all.
 * @throws UserError when there is none of that name
 */
export function chooseConnectors(
  outputs: StackOutputs,
  wanted: string | undefined,
): readonly NamedConnector[] {
  const all = Object.entries(outputs.connectors).map(([key, connector]) => ({ key, connector }));
  if (wanted === undefined) return all;
  const text = wanted.toLowerCase();
  const chosen = all.filter(
    ({ key, connector }) =>
      key.toLowerCase() === text ||
      connector.manifest.name.toLowerCase() === text ||
      connector.manifest.profile === text,
  );
  if (chosen.length > 0) return chosen;
  const keys = all.map(({ key }) => key);
  const near = keys.find((key) => distance(key, text) <= 3 || key.startsWith(text));
  throw new UserError(`The stack has no connector "${wanted}".`, {
    next: `${near ? `Did you mean "${near}"? ` : ""}Connectors: ${keys.join(", ") || "none"}.`,
  });
}
