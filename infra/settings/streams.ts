/** Which of the collector's streams an entry's permissions cover. */
import { requirements } from "../../components/collector/function/streams/requirements";
import { capabilities } from "../../components/permissions/capabilities";
import { allows, type Call } from "../../components/permissions/capabilities/call";
import { apis } from "../../components/permissions/catalogue/apis";
import type { ConnectorManifest } from "../../components/permissions/manifest";

/** Names of streams that the entry's settings choose. */
interface EntryStreams {
  /** All their calls are allowed. */
  readonly covered: readonly string[];
  /** A vendor's printed list, asked for verbatim, has not all that they need. */
  readonly uncovered: readonly string[];
}

/** The streams of an entry, in the order in which reports show them. */
export function streamsOf(manifest: ConnectorManifest): EntryStreams {
  const chosen = Object.entries(requirements).flatMap(([stream, sets]) => {
    const wanted = sets.filter((set) => set.every((id) => manifest.capabilities.includes(id)));
    return wanted.length === 0 ? [] : [{ stream, isCovered: wanted.some((set) => allowsAll(manifest, set)) }];
  });
  const named = (isCovered: boolean) =>
    chosen.filter((one) => one.isCovered === isCovered).map(({ stream }) => stream);
  return { covered: named(true), uncovered: named(false) };
}

function allowsAll(manifest: ConnectorManifest, ids: readonly string[]): boolean {
  return capabilities
    .filter(({ id }) => ids.includes(id))
    .flatMap(({ calls }) => calls)
    .every((call) => allows(grantedFor(call, manifest), call));
}

function grantedFor({ api }: Call, manifest: ConnectorManifest): ReadonlySet<string> {
  const { resourceAppId } = apis[api];
  const grants = manifest.apis.find((one) => one.resourceAppId === resourceAppId);
  return new Set(grants?.roles.map(({ value }) => value));
}
