/** Which connectors of a store read the same tenant, and whose readings its state is judged from. */
import type { StreamStatus } from "../../../components/collector/function/model/status";
import { readLiving } from "../../../components/collector/function/runtime/read-living";
import type { CollectorStore } from "../../../components/collector/function/storage/store";
import { equallyNewMilliseconds } from "../../../components/state";

/** A tenant with the connectors that read it. */
export interface TenantSubject {
  /** Empty where it is not known. */
  readonly tenantId: string;
  /** All of the store, short names. */
  readonly connectors: readonly string[];
  /** Those whose state streams are worth reading, the widest reading first. */
  readonly readers: readonly [string, ...string[]];
}

const organization: ReadonlySet<string> = new Set(["organization"]);

/** Id of the tenant that a connector says it read; undefined where it has not collected that. */
export async function collectedTenant(store: CollectorStore, slug: string): Promise<string | undefined> {
  try {
    for await (const record of readLiving(store, slug, "organization", organization)) {
      const { id }: { readonly id?: unknown } = record.data();
      if (typeof id === "string") return id;
    }
  } catch {
    // What is damaged is told by the assessment; here it only names nobody.
  }
  return undefined;
}

/**
 * Whose readings may say most of some metric, the widest first. One whose every stream another has as well, whole and
 * about as new, could only repeat what that says and is not read at all.
 * @param statuses Of state streams of one tenant's connectors
 */
export function readersOf(statuses: readonly StreamStatus[]): readonly string[] {
  const complete = statuses.filter(({ lastSuccess }) => lastSuccess !== undefined);
  const own = (slug: string) => complete.filter(({ connector }) => connector === slug);
  const slugs = [...new Set(complete.map(({ connector }) => connector))];
  const widestFirst = slugs.sort((a, b) => own(b).length - own(a).length);
  const readers: string[] = [];
  for (const slug of widestFirst) {
    if (!readers.some((wider) => covers(own(wider), own(slug)))) readers.push(slug);
  }
  return readers;
}

function covers(wider: readonly StreamStatus[], narrower: readonly StreamStatus[]): boolean {
  return narrower.every((one) => {
    const other = wider.find(({ stream }) => stream === one.stream);
    return other !== undefined && other.state !== "degraded" && isAsNew(other, one);
  });
}

const isAsNew = (
  { lastSuccess: mine = "" }: StreamStatus,
  { lastSuccess: theirs = "" }: StreamStatus,
): boolean => Date.parse(mine) >= Date.parse(theirs) - equallyNewMilliseconds;
