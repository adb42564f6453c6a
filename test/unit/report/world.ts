/** A store as the collector leaves it, with planted cases, for reports of any size. */
import { gzipSync } from "node:zlib";
import type { StreamStatus } from "../../../components/collector/function/model/status";
import type { StreamName } from "../../../components/collector/function/model/stream-names";
import type { CollectorStore } from "../../../components/collector/function/storage/store";
import type { AssessmentStore, SomeThresholds } from "../../../components/state";
import { type BuiltReport, buildReport } from "../../../scripts/lib/report";
import { memoryStore } from "../collector-runtime/memory-store";
import { outputsWith } from "./outputs";

export const now = new Date("2026-11-20T12:00:00.000Z");
export const attack = `<script>window.attacked=1</script><img src=x onerror="window.attacked=1">`;
export const formula = `=HYPERLINK("https://attacker.example","click")`;
const collector = "collector-contoso";

export type Line = readonly [type: string, key: string, data: object | null];

export interface WorldOptions {
  readonly signIns?: number;
  readonly audits?: number;
  readonly mailboxes?: number;
  readonly users?: number;
  readonly hostile?: boolean;
  readonly troubled?: boolean;
  /** The tenant's edition has no log of sign-ins. */
  readonly unlicensed?: boolean;
  readonly withoutStack?: boolean;
  readonly rowLimit?: number;
  readonly thresholds?: SomeThresholds;
  readonly history?: AssessmentStore;
  readonly evidenceLimit?: number;
  readonly days?: number;
  readonly now?: Date;
}

/** A store whose streams hold what the options say. */
export async function storeOf(options: WorldOptions = {}): Promise<CollectorStore> {
  const store = memoryStore();
  await commit(store, "organization", [
    ["organization", "t", { id: "t", displayName: options.hostile ? attack : "Contoso" }],
  ]);
  await commit(store, "users", users(options));
  if (options.unlicensed) await writeStatus(store, "sign-ins", { state: "error", problem: unlicensed });
  else {
    await commit(
      store,
      "sign-ins",
      events(options.signIns ?? 500, "signIn", (n) => signIn(n, options)),
    );
  }
  await commit(
    store,
    "directory-audits",
    events(options.audits ?? 120, "directoryAudit", (n) => audit(n, options)),
  );
  const mail = events(options.mailboxes ?? 60, "mailboxAccess", (n) => mailboxAccess(n));
  const gap = {
    at: now.toISOString(),
    stream: "exchange-activity",
    from: "2026-11-10T00:00:00Z",
    to: "2026-11-11T00:00:00Z",
    reason: "horizon",
    subject: null,
  };
  await commit(store, "exchange-activity", options.troubled ? [...mail, ["gap", "g", gap]] : mail);
  if (options.troubled) await writeStatus(store, "policies", { state: "error", problem: missing });
  return store;
}

export async function reportOf(options: WorldOptions = {}, store?: CollectorStore): Promise<BuiltReport> {
  const from = store ?? (await storeOf(options));
  return buildReport({
    stack: "dev",
    source: { where: "this machine", place: "/collected/dev" },
    store: from,
    history: options.history ?? from.state,
    connectors: options.withoutStack ? null : outputsWith(options.hostile === true),
    days: options.days ?? 30,
    now: options.now ?? now,
    thresholds: () => options.thresholds ?? {},
    evidenceLimit: options.evidenceLimit,
    ...(options.rowLimit === undefined ? {} : { rowLimit: options.rowLimit }),
  });
}

const missing = {
  code: "permission-missing" as const,
  message: "Policies can't be read.",
  next: "Grant Policy.Read.All.",
  permission: "Policy.Read.All",
};

const unlicensed = {
  code: "license-missing" as const,
  message: "Sign-ins need Entra ID P1.",
  next: "Buy it, or switch logons off.",
};

/** Of the collector, a moment ago, unless a test says otherwise. */
interface Collected {
  readonly connector?: string;
  readonly at?: Date;
}

/** Commits a stream's records. */
export async function commit(
  store: CollectorStore,
  stream: StreamName,
  lines: Iterable<Line>,
  { connector = collector, at = now }: Collected = {},
): Promise<void> {
  const types = new Set<string>();
  const path = `${connector}/${stream}/2026/11/20/r1/part-00001.ndjson.gz`;
  const chunks: string[] = [];
  let records = 0;
  for (const [type, key, data] of lines) {
    types.add(type);
    records += 1;
    chunks.push(
      JSON.stringify({ schema: `${type}/1`, type, key, op: data === null ? "delete" : "upsert", data }),
    );
  }
  const bytes = gzipSync(`${chunks.join("\n")}\n`, { level: 1 });
  await store.data.write(path, bytes);
  const document = {
    version: 1,
    connector,
    stream,
    sequence: 1,
    runId: "r1",
    kind: "full",
    base: true,
    committedAt: at.toISOString(),
    records,
    tombstones: 0,
    types: [...types].map((type) => ({ type, schemaVersion: 1 })),
    parts: [{ path, records, bytes: bytes.length }],
    previous: null,
    manifest: `${connector}/${stream}/2026/11/20/r1/manifest.json`,
    checkpoint: null,
    baseAt: at.toISOString(),
    index: [],
    indexBase: records,
  };
  await store.state.write(`${connector}/${stream}/checkpoint.json`, Buffer.from(JSON.stringify(document)));
  await writeStatus(store, stream, { state: "connected", lastSuccess: at.toISOString(), connector });
}

export async function writeStatus(
  store: CollectorStore,
  stream: StreamName,
  status: Partial<StreamStatus>,
): Promise<void> {
  const document = { connector: collector, stream, updatedAt: now.toISOString(), ...status };
  await store.state.write(
    `${document.connector}/${stream}/status.json`,
    Buffer.from(JSON.stringify(document)),
  );
}

function* events(count: number, type: string, make: (n: number) => object): Generator<Line> {
  for (let n = 0; n < count; n += 1) yield [type, `${type}-${n}`, make(n)];
}

/** Ages spread over 27 days, in no order. */
const at = (n: number): string =>
  new Date(now.getTime() - ((n * 7_919_317) % (27 * 86_400_000)) - 1000).toISOString();

function signIn(n: number, { hostile }: WorldOptions): object {
  const failed = n % 10 === 0;
  return {
    at: at(n),
    kind: ["interactive", "nonInteractive", "servicePrincipal"][n % 3],
    userPrincipalName:
      hostile && n % 5 === 0 ? (n % 2 === 0 ? attack : formula) : `user${n % 997}@contoso.example`,
    appDisplayName: ["Azure Portal", "Microsoft Teams", "OfficeHome"][n % 3],
    ipAddress: `198.51.100.${n % 250}`,
    location: { city: "London", countryOrRegion: "GB" },
    status: failed
      ? { errorCode: 50126, failureReason: "Invalid username or password." }
      : { errorCode: 0, failureReason: "Other." },
    riskLevelDuringSignIn: n % 100 === 0 ? "high" : "none",
  };
}

function audit(n: number, { hostile }: WorldOptions): object {
  return {
    at: at(n),
    activityDisplayName: ["Add user", "Update user", "Add member to role"][n % 3],
    category: "UserManagement",
    result: n % 50 === 0 ? "failure" : "success",
    initiatedBy: { user: { userPrincipalName: "admin@contoso.example" }, app: null },
    targetResources: [{ type: "User", displayName: hostile ? attack : `User ${n}`, userPrincipalName: null }],
  };
}

function mailboxAccess(n: number): object {
  return {
    at: at(n),
    actor: `delegate${n % 7}@contoso.example`,
    accessedAs: n % 2 === 0 ? "delegate" : "administrator",
    serviceAccount: n % 4 === 1,
    owner: `owner${n % 11}@contoso.example`,
    operation: "MailItemsAccessed",
    folder: "\\Inbox",
    result: "Succeeded",
    clientIp: "203.0.113.9",
    client: "Client=OWA;",
  };
}

/** Every third user's password never expires. */
function* users({ users: count = 30, hostile }: WorldOptions): Generator<Line> {
  for (let n = 0; n < count; n += 1) {
    yield [
      "user",
      `u${n}`,
      {
        id: `u${n}`,
        displayName: hostile && n === 0 ? attack : `User ${n}`,
        userPrincipalName: hostile && n === 0 ? formula : `user${n}@contoso.example`,
        accountEnabled: true,
        userType: "Member",
        passwordPolicies: n % 3 === 0 ? "DisablePasswordExpiration" : "None",
        createdDateTime: "2026-11-01T00:00:00Z",
      },
    ];
  }
}
