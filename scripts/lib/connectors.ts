import { distance } from "fastest-levenshtein";
import { slugOf } from "../../components/permissions/slug";
import type { ConnectorOutput, StackOutputs } from "../../infra/outputs";
import { UserError } from "./errors";

/** A connector of a stack with the short name that its resources carry. */
export interface NamedConnector {
  readonly slug: string;
  readonly connector: ConnectorOutput;
}

/**
 * The connectors a command is about: the one named (by short name or display name), those of a profile, else all.
 * @throws UserError when there is none of that name
 */
export function chooseConnectors(
  outputs: StackOutputs,
  wanted: string | undefined,
): readonly NamedConnector[] {
  const all = Object.values(outputs.connectors).map((connector) => ({
    slug: slugOf(connector.manifest.name),
    connector,
  }));
  if (wanted === undefined) return all;
  const text = wanted.toLowerCase();
  const named = all.filter(
    ({ slug, connector }) => slug === text || connector.manifest.name.toLowerCase() === text,
  );
  const chosen = named.length > 0 ? named : all.filter(({ connector }) => connector.profile === text);
  if (chosen.length > 0) return chosen;
  const slugs = all.map(({ slug }) => slug);
  const near = slugs.find((slug) => distance(slug, text) <= 3 || slug.startsWith(text));
  throw new UserError(`The stack has no connector "${wanted}".`, {
    next: `${near ? `Did you mean "${near}"? ` : ""}Connectors: ${slugs.join(", ") || "none"}.`,
  });
}
