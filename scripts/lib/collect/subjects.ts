/** Whom a command collects, and which streams: from what the stack's outputs say. */
import type { Cloud } from "../../../components/clouds";
import {
  collectorSettingsSchema,
  type ServedConnector,
} from "../../../components/collector/function/model/settings";
import { type StreamName, streamNames } from "../../../components/collector/function/model/stream-names";
import { didYouMean } from "../../../components/permissions/suggestion";
import { findProfile } from "../../../components/profiles";
import type { StackOutputs } from "../../../infra/outputs";
import { streamsOf } from "../../../infra/settings/streams";
import { chooseConnectors, type NamedConnector } from "../connectors";
import { UserError } from "../errors";

/** Fills in what a connector leaves at its default. */
const connectorSchema = collectorSettingsSchema.shape.connectors.element;

/** A connector with the streams that are meant. */
export interface Subject extends NamedConnector {
  readonly streams: readonly StreamName[];
}

/** Which connectors and streams a person asked for. */
export interface Wanted {
  readonly connector?: string | undefined;
  readonly streams?: readonly string[] | undefined;
}

/**
 * The connectors that are read, each with the streams that its permissions cover.
 * @throws UserError when nothing is left: an unknown name, a stream without its permission, a connector that writes
 */
export function chooseSubjects(outputs: StackOutputs, wanted: Wanted): readonly Subject[] {
  const names = checkStreams(wanted.streams);
  const chosen = chooseConnectors(outputs, wanted.connector);
  const subjects = chosen.map((one) => ({ ...one, streams: streamsFor(one, names) }));
  const found = subjects.filter(({ streams }) => streams.length > 0);
  if (found.length > 0) return found;
  throw new UserError(nothingText(chosen, names), {
    next: "What each connector may read: npm run -s cli -- permissions manifest",
  });
}

/** What the collector's runtime is told of a connector; as the deployed function app is told by its settings. */
export function servedConnector({ slug, connector, streams }: Subject, cloud: Cloud): ServedConnector {
  const { manifest, settings, tenantId, clientId } = connector;
  const excluded = settings.options.excludedServiceAccountGroups;
  return connectorSchema.parse({
    slug,
    name: manifest.name,
    tenantId,
    clientId,
    cloud: {
      name: cloud.name,
      login: cloud.login,
      graph: cloud.graph,
      ...(cloud.authority.ownO365Management ? { o365Management: cloud.o365Management } : {}),
      federatedAudience: cloud.federatedAudience,
      instanceDiscovery: cloud.authority.instanceDiscovery,
      graphHosts: [...cloud.authority.graphHosts],
    },
    credential: { kind: "federated" },
    streams: [...streams],
    filters: {
      excludedServiceAccountGroups: Array.isArray(excluded) ? excluded.map(String) : [],
      skipOnPremisesGroups: settings.options.skipAdServerGroups === true,
    },
    signInActivity: manifest.capabilities.includes("sign-in-activity.read"),
    events: findProfile(connector.profile).events(settings),
  });
}

/** @throws UserError when a name is no stream's */
function checkStreams(wanted: readonly string[] | undefined): readonly StreamName[] | undefined {
  return wanted?.map((name) => {
    const found = streamNames.find((stream) => stream === name.toLowerCase());
    if (found !== undefined) return found;
    throw new UserError(`There is no stream "${name}".${didYouMean(name, streamNames)}`, {
      next: `Streams: ${streamNames.join(", ")}.`,
    });
  });
}

function streamsFor({ connector }: NamedConnector, wanted: readonly StreamName[] | undefined): StreamName[] {
  const { crawl, access } = connector.settings;
  if (!crawl || access !== "read-only") return [];
  const covered = new Set(streamsOf(connector.manifest).covered);
  return streamNames.filter((name) => covered.has(name) && (wanted?.includes(name) ?? true));
}

function nothingText(chosen: readonly NamedConnector[], wanted: readonly StreamName[] | undefined): string {
  const [first] = chosen;
  if (first === undefined || chosen.length > 1) return "No connector of the stack reads what is asked for.";
  const { manifest, settings } = first.connector;
  if (!settings.crawl) return `${manifest.name} has crawl: false.`;
  if (settings.access !== "read-only")
    return `${manifest.name} is read-write; the collector reads for read-only entries.`;
  const what = wanted === undefined ? "any stream" : wanted.join(", ");
  return `${manifest.name} does not hold the permissions for ${what}.`;
}
