/** A tenant in memory and a stream that reads it as a real one would: groups, their members, with or without delta. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GraphReader } from "../../../components/collector/function/graph/client";
import type { Json } from "../../../components/collector/function/model/json";
import type { RecordChange } from "../../../components/collector/function/model/record";
import { eventSettings, type ServedConnector } from "../../../components/collector/function/model/settings";
import type { Stream, StreamEnd, StreamStep } from "../../../components/collector/function/streams/stream";

export const connector: ServedConnector = {
  slug: "contoso",
  name: "Contoso",
  tenantId: "6f2c1d5e-3a4b-4c8d-9e0f-1a2b3c4d5e6f",
  clientId: "0b1f6471-1bf0-4dda-aec3-cb9272f09590",
  cloud: {
    name: "global",
    login: "https://login.microsoftonline.com",
    graph: "https://graph.microsoft.com",
    federatedAudience: "api://AzureADTokenExchange",
    instanceDiscovery: true,
    graphHosts: [],
  },
  credential: { kind: "federated" },
  streams: ["groups"],
  filters: { excludedServiceAccountGroups: [], skipOnPremisesGroups: false },
  signInActivity: false,
  events: eventSettings.parse({}),
};

/** The runtime asks a Graph reader for its figures only. */
export function idleGraph(): GraphReader {
  const unused = () => {
    throw new Error("The synthetic stream reads no Graph.");
  };
  return {
    get: unused,
    pages: unused,
    batch: unused,
    figures: { requests: 0, throttled: 0, retries: 0, bytes: 0 },
  };
}

/** Groups by id, each with a name and its members. */
export type Groups = Map<string, { name: string; members: Map<string, string> }>;

/** What changed in a tenant, in order, as a delta query would tell it. */
export class SyntheticTenant {
  readonly groups: Groups = new Map();
  readonly journal: RecordChange[] = [];

  setGroup(id: string, name: string): void {
    const group = this.groups.get(id) ?? { name, members: new Map() };
    group.name = name;
    this.groups.set(id, group);
    this.journal.push({ type: "group", key: id, data: { id, name } });
  }

  deleteGroup(id: string): void {
    if (this.groups.delete(id)) this.journal.push({ type: "group", key: id, data: null });
  }

  setMember(group: string, member: string, role: string): void {
    const found = this.groups.get(group);
    if (found === undefined) return;
    found.members.set(member, role);
    this.journal.push({ type: "groupMember", key: `${group}/${member}`, data: { member, role } });
  }

  deleteMember(group: string, member: string): void {
    if (this.groups.get(group)?.members.delete(member)) {
      this.journal.push({ type: "groupMember", key: `${group}/${member}`, data: null });
    }
  }

  /** Everything as records, a group before its members. */
  *everything(): Generator<RecordChange> {
    for (const [id, { name, members }] of this.groups) {
      yield { type: "group", key: id, data: { id, name } };
      for (const [member, role] of members) {
        yield { type: "groupMember", key: `${id}/${member}`, data: { member, role } };
      }
    }
  }

  /** What a reader of committed records must find: data by `type:key`. */
  truth(): Map<string, string> {
    return new Map(
      [...this.everything()].map(({ type, key, data }) => [`${type}:${key}`, JSON.stringify(data)]),
    );
  }
}

export interface StreamHabits {
  /**
   * Increments by the journal; otherwise every run reads everything. `parents`: groups by the journal, their members
   * wholly each time.
   */
  readonly delta: boolean | "parents";
  readonly page: number;
  /** Yields each page a second time. */
  readonly duplicates?: boolean;
  /** Called before each step; throws to fail the run there. */
  readonly before?: (step: number) => void | Promise<void>;
  /** The checkpoint is refused as too old. */
  readonly expired?: () => boolean;
}

/** The stream of a synthetic tenant. A page is followed by a savepoint. */
export function syntheticStream(tenant: SyntheticTenant, habits: StreamHabits): Stream {
  return {
    name: "groups",
    records: [
      { type: "group", schemaVersion: 1 },
      { type: "groupMember", schemaVersion: 1, parent: "group" },
    ],
    collect: (context) => collect(tenant, habits, context.checkpoint, context.resume),
  };
}

async function* collect(
  tenant: SyntheticTenant,
  habits: StreamHabits,
  checkpoint: Json | undefined,
  resume: Json | undefined,
): AsyncGenerator<StreamStep, StreamEnd, undefined> {
  let mark = checkpoint;
  if (mark !== undefined && resume === undefined && habits.expired?.()) {
    mark = undefined;
    yield { kind: "resync", reason: "The delta link is too old." };
  }
  const byDelta = habits.delta !== false && typeof mark === "number";
  const to = tenant.journal.length;
  const all = byDelta
    ? changesSince(tenant, Number(mark), habits.delta === "parents")
    : [...tenant.everything()];
  let at = typeof resume === "number" ? resume : 0;
  for (let step = 0; at < all.length; step++) {
    await habits.before?.(step);
    const changes = all.slice(at, at + habits.page);
    yield { kind: "records", changes };
    if (habits.duplicates) yield { kind: "records", changes };
    at += habits.page;
    yield { kind: "savepoint", resume: at };
  }
  await habits.before?.(-1);
  return {
    checkpoint: habits.delta === false ? null : to,
    read: byDelta ? "changes" : "everything",
    ...(habits.delta === "parents" && { wholly: ["groupMember"] }),
    degraded: [],
  };
}

function changesSince(tenant: SyntheticTenant, mark: number, membersWholly: boolean): RecordChange[] {
  const changes = tenant.journal.slice(mark);
  if (!membersWholly) return changes;
  const isMember = ({ type }: RecordChange) => type === "groupMember";
  return [...changes.filter((change) => !isMember(change)), ...[...tenant.everything()].filter(isMember)];
}

/** Runs with a folder of its own, gone afterwards. */
export async function inFolder<Result>(body: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "collector-runtime-"));
  try {
    return await body(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
