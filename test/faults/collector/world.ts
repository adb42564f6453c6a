/** A whole tenant, a connector that may read it, and a folder that it is collected into. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClientSecretCredential, type TokenCredential } from "@azure/identity";
import type { GraphReader } from "../../../components/collector/function/graph/client";
import { createGraphReader } from "../../../components/collector/function/graph/reader";
import type { ForgettingCredential } from "../../../components/collector/function/graph/token";
import type { ActivityReader } from "../../../components/collector/function/management-activity/client";
import { createActivityReader } from "../../../components/collector/function/management-activity/reader";
import { eventSettings, type ServedConnector } from "../../../components/collector/function/model/settings";
import type { StreamStatus } from "../../../components/collector/function/model/status";
import type { StreamName } from "../../../components/collector/function/model/stream-names";
import { readCommitted, readState } from "../../../components/collector/function/runtime/read-committed";
import { type RunStreamOptions, runStream } from "../../../components/collector/function/runtime/run-stream";
import { openFolderStore } from "../../../components/collector/function/storage/folder-store";
import type { CollectorStore } from "../../../components/collector/function/storage/store";
import { streams } from "../../../components/collector/function/streams";
import { AdminClient } from "../../../infra/local/tenant/admin-client";
import { noDelays } from "../../../infra/local/tenant/core/replication";
import { type RunningTenant, runTenant } from "../../../infra/local/tenant/tenant";
import { trustCertificates } from "../../../scripts/lib/trust";
import { type Registration, register } from "./registration";
import { swift } from "./swift-timing";
import type { Keys } from "./truth";

/** Permissions of every stream that the fault tests read. */
const permissions = [
  "User.Read.All",
  "GroupMember.Read.All",
  "Application.Read.All",
  "RoleManagement.Read.Directory",
  "IdentityRiskyUser.Read.All",
];

/** A credential that keeps no token which the service has refused. */
function forgetting(make: () => TokenCredential): ForgettingCredential {
  let inner = make();
  return {
    getToken: (scopes, options) => inner.getToken(scopes, options),
    forget: () => {
      inner = make();
    },
  };
}

export interface WorldOptions {
  readonly users?: number;
  readonly groups?: number;
  readonly roles?: readonly string[];
}

export class World {
  private constructor(
    private readonly root: string,
    readonly running: RunningTenant,
    readonly registration: Registration,
  ) {}

  static async make({ users = 500, groups = 60, roles = permissions }: WorldOptions = {}): Promise<World> {
    const root = mkdtempSync(join(tmpdir(), "collector-world-"));
    const running = await runTenant({
      directory: join(root, "tenant"),
      port: 0,
      delays: noDelays,
      seed: { users, groups, seed: 7 },
      throttling: false,
    });
    trustCertificates(readFileSync(running.endpoint.caFile, "utf8"));
    return new World(root, running, register(running, roles));
  }

  async end(): Promise<void> {
    await this.running.stop();
    rmSync(this.root, { recursive: true, force: true });
  }

  /** A folder of its own for every test. */
  newStore(): { readonly store: CollectorStore; readonly folder: string } {
    const folder = mkdtempSync(join(this.root, "store-"));
    return { store: openFolderStore(folder), folder };
  }

  /** Steers the tenant as an operator does. */
  admin(method: string, path: string, body?: unknown): Promise<unknown> {
    return AdminClient.of(join(this.root, "tenant")).call(method, path, body);
  }

  get connector(): ServedConnector {
    const { origin, tenantId } = this.running.endpoint;
    return {
      slug: "under-test",
      name: "Under test",
      tenantId,
      clientId: this.registration.clientId,
      cloud: {
        name: "global",
        login: `${origin}/login`,
        graph: `${origin}/graph`,
        federatedAudience: "api://AzureADTokenExchange",
        instanceDiscovery: false,
        graphHosts: ["127.0.0.1"],
      },
      credential: { kind: "federated" },
      streams: ["users", "groups"],
      filters: { excludedServiceAccountGroups: [], skipOnPremisesGroups: false },
      signInActivity: false,
      events: eventSettings.parse({}),
    };
  }

  /** A reader whose waits cost no time: what the service asks to wait for is waited for in its own clock. */
  reader(secret = this.registration.secret): GraphReader {
    const { cloud, tenantId, clientId } = this.connector;
    const credential = this.credential(secret);
    return createGraphReader({ cloud, credential, tenantId, clientId, timing: swift() });
  }

  /** Likewise, of the feed of Office 365 events. */
  activity(): ActivityReader {
    return createActivityReader({
      root: `${this.running.endpoint.origin}/manage`,
      credential: this.credential(this.registration.secret),
      tenantId: this.connector.tenantId,
      timing: swift(),
    });
  }

  private credential(secret: string): ForgettingCredential {
    const { connector } = this;
    return forgetting(
      () =>
        new ClientSecretCredential(connector.tenantId, connector.clientId, secret, {
          authorityHost: connector.cloud.login,
          disableInstanceDiscovery: true,
        }),
    );
  }

  /** One run. */
  async run(
    stream: StreamName,
    store: CollectorStore,
    options: Partial<RunStreamOptions> = {},
  ): Promise<StreamStatus> {
    return runStream({
      stream: streams[stream],
      connector: this.connector,
      graph: this.reader(),
      activity: this.activity(),
      store,
      savepointMilliseconds: 0,
      ...options,
    });
  }

  /** Keys of what is committed, by record type; a type without any is left out. */
  async collected(stream: StreamName, store: CollectorStore): Promise<Keys> {
    const state = await readState(store, this.connector.slug, stream);
    const known = [...state].filter(([, records]) => records.size > 0);
    return Object.fromEntries(known.map(([type, records]) => [type, new Set(records.keys())]));
  }
  /** What is committed of one record type, data by key. */
  async data(stream: StreamName, type: string, store: CollectorStore): Promise<ReadonlyMap<string, object>> {
    return (await readState(store, this.connector.slug, stream)).get(type) ?? new Map();
  }

  /** Keys that were committed twice in a row with the same content. */
  async doubles(stream: StreamName, folder: string): Promise<readonly string[]> {
    const last = new Map<string, string>();
    const doubles: string[] = [];
    const store = openFolderStore(folder);
    for await (const { type, key, data } of readCommitted(store, this.connector.slug, stream)) {
      const [name, content] = [`${type} ${key}`, JSON.stringify(data)];
      if (last.get(name) === content) doubles.push(name);
      last.set(name, content);
    }
    return doubles;
  }
}
