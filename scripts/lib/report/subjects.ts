/** Whose data a report shows: for each tenant the connectors whose readings say most, for each stream of events the newest. */
import type { StreamStatus } from "../../../components/collector/function/model/status";
import { type StreamName, streamNames } from "../../../components/collector/function/model/stream-names";
import { type Runner, readStanding } from "../../../components/collector/function/runtime/standing";
import type { CollectorStore } from "../../../components/collector/function/storage/store";
import type { NamedConnector } from "../connectors";
import type { EventSources } from "./events";
import { collectedTenant, readersOf, type TenantSubject } from "./tenants";

const eventStreams: ReadonlySet<StreamName> = new Set(["directory-audits", "sign-ins", "exchange-activity"]);

export interface Subjects {
  readonly streams: readonly StreamStatus[];
  readonly tenants: readonly TenantSubject[];
  readonly events: EventSources;
}

/** Short names of the connectors that have a status in the store. */
export async function connectorsIn({ state }: CollectorStore): Promise<readonly string[]> {
  const slugs = new Set<string>();
  for await (const path of state.list("")) {
    const [slug, stream, file] = path.split("/");
    if (slug !== undefined && isStream(stream) && file === "status.json") slugs.add(slug);
  }
  return [...slugs];
}

export async function subjectsOf(
  store: CollectorStore,
  slugs: readonly string[],
  connectors: readonly NamedConnector[],
  by: { readonly runner: Runner; readonly now: Date },
): Promise<Subjects> {
  const looks = slugs.flatMap((slug) => streamNames.map((stream) => readStanding(store, slug, stream, by)));
  const streams = (await Promise.all(looks)).flatMap((status) => status ?? []);
  const ids = new Map<string, string>();
  for (const slug of slugs) {
    const stated = connectors.find((one) => one.slug === slug)?.connector.tenantId;
    ids.set(slug, stated ?? (await collectedTenant(store, slug)) ?? "");
  }
  // Of one that says nowhere which tenant it reads, nothing says that it is another's.
  const groups = groupBy(streams, ({ connector }) => ids.get(connector)?.toLowerCase() || connector);
  const tenants = [...groups.values()].flatMap((own) => {
    const [widest, ...others] = readersOf(own.filter(({ stream }) => !eventStreams.has(stream)));
    if (widest === undefined) return [];
    const all = [...new Set(own.map(({ connector }) => connector))];
    return [{ tenantId: ids.get(widest) ?? "", connectors: all, readers: [widest, ...others] as const }];
  });
  const events = [...groups.values()].flatMap((own) =>
    [...eventStreams].flatMap((stream) => {
      const best = newest(own.filter((status) => status.stream === stream));
      return best === undefined ? [] : [{ connector: best.connector, stream }];
    }),
  );
  return { streams, tenants, events };
}

function newest(statuses: readonly StreamStatus[]): StreamStatus | undefined {
  const complete = statuses.filter(({ lastSuccess }) => lastSuccess !== undefined);
  return complete.sort((a, b) => ((a.lastSuccess ?? "") > (b.lastSuccess ?? "") ? -1 : 1))[0];
}

const isStream = (name: string | undefined): boolean => streamNames.some((stream) => stream === name);

function groupBy<Value>(values: readonly Value[], keyOf: (value: Value) => string): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  return groups;
}
