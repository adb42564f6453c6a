/** Whom the collector serves, by which app, and with which credential. */

import { cloudByName } from "../../components/clouds/resolve";
import { defaultAnchor } from "../../components/permissions/instant";
import { planConnector } from "../../components/permissions/plan";
import type {
  AzureSettings,
  CollectorApp,
  CollectorDeployment,
  ConnectorSettings,
  CredentialSettings,
  OptionValue,
  ServedEntry,
} from "../../components/permissions/settings";
import { didYouMean } from "../../components/permissions/suggestion";
import { findProfile } from "../../components/profiles";
import { given } from "./check";
import type { CollectorInput } from "./collector";
import type { ParsedEntry } from "./connectors";
import type { Problems } from "./problems";
import { streamsOf } from "./streams";

/** The collector's function apps, and the entries with the credentials that those sign in with. */
export interface Serving {
  readonly entries: readonly ParsedEntry[];
  readonly collector?: CollectorDeployment;
  /** What a reader should know although nothing is wrong. */
  readonly warnings: readonly string[];
}

/** What serving needs to know of the rest of the stack. */
interface ServingStack {
  readonly azure: AzureSettings | undefined;
  readonly hasVault: boolean;
  /** Names of all entries, also of those that did not parse. */
  readonly names: readonly { readonly name: string }[];
}

/** Works out the apps. The mode follows the entry's access, so that no identity can act for both kinds. */
export function serveEntries(
  entries: readonly ParsedEntry[],
  collector: CollectorInput | undefined,
  stack: ServingStack,
  problems: Problems,
): Serving {
  if (collector === undefined || stack.azure === undefined) return { entries, warnings: [] };
  const { azure, hasVault, names } = stack;
  refuseStrangers(collector, entries, names, problems);
  const served = new Map<string, ServedEntry>();
  const withCredentials = entries.map((entry) => {
    const one = serve(entry, collector, azure, problems);
    if (one === undefined) return entry;
    served.set(one.slug, one);
    if (one.credential === "certificate" && !hasVault) refuseWithoutVault(entry, problems);
    return { ...entry, connector: withCredential(entry, one, problems) };
  });
  const apps = appsOf(withCredentials, served);
  // An entry that did not parse may be the one to serve.
  if (apps.length === 0 && problems.list.length === 0) refuseIdle(problems);
  const { connectors: _, codePush = "up", network, ...settings } = collector;
  return {
    entries: withCredentials,
    collector: { ...settings, codePush, apps, ...(network === undefined ? {} : { network }) },
    warnings: withCredentials.flatMap((entry) => (served.has(entry.connector.slug) ? noticesOf(entry) : [])),
  };
}

/** What the app is told of an entry; undefined when it has nothing to do with it. */
function serve(
  { connector, pathOf }: ParsedEntry,
  collector: CollectorInput,
  azure: AzureSettings,
  problems: Problems,
): ServedEntry | undefined {
  const named = collector.connectors?.includes(connector.name);
  if (named === false || !connector.crawl) return undefined;
  const manifest = planConnector(connector, []);
  const { covered: streams } = streamsOf(manifest);
  if (connector.access === "read-only" && streams.length === 0) {
    if (named === true) {
      problems.add("collector.connectors", `${given(connector.name)} has nothing that the collector reads.`);
    }
    return undefined;
  }
  if (!connector.tenantId.includes("-") || connector.tenantId.includes(".")) {
    problems.add(
      pathOf("tenantId"),
      "must be the tenant's GUID, because the collector serves this entry and a domain does not say whether the tenant is that of the subscription.",
      "Write the tenant ID, or name the served entries in collector.connectors.",
    );
  }
  return {
    slug: connector.slug,
    name: connector.name,
    credential: connector.tenantId === azure.tenantId ? "federated" : "certificate",
    streams,
    signInActivity: manifest.capabilities.includes("sign-in-activity.read"),
    excludedServiceAccountGroups: texts(connector.options.excludedServiceAccountGroups),
    skipOnPremisesGroups: connector.options.skipAdServerGroups === true,
    events: findProfile(connector.profile).events(connector),
  };
}

/** A printed list that is asked for verbatim is not made wider for our collector. */
function noticesOf({ connector }: ParsedEntry): readonly string[] {
  if (connector.access !== "read-only") return [];
  const { uncovered } = streamsOf(planConnector(connector, []));
  if (uncovered.length === 0) return [];
  return [
    `${connector.name}: the vendor's printed list does not allow all that ${uncovered.join(", ")} need, so the collector leaves them out. permissions: minimal covers them.`,
  ];
}

function texts(value: OptionValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
}

function appsOf(
  entries: readonly ParsedEntry[],
  served: ReadonlyMap<string, ServedEntry>,
): readonly CollectorApp[] {
  const of = (access: ConnectorSettings["access"]) =>
    entries.flatMap(({ connector }) => {
      const one = connector.access === access ? served.get(connector.slug) : undefined;
      return one === undefined ? [] : [one];
    });
  const apps: readonly CollectorApp[] = [
    { name: "collector", mode: "collect", serves: of("read-only") },
    { name: "provisioner", mode: "provision", serves: of("read-write") },
  ];
  return apps.filter(({ serves }) => serves.length > 0);
}

/** The entry with what the app signs in with. A trust in the stack's collector is of no use from another tenant. */
function withCredential(
  { connector, pathOf, anchor }: ParsedEntry,
  { credential }: ServedEntry,
  problems: Problems,
): ConnectorSettings {
  const ours = (one: CredentialSettings) => one.kind === "federated" && one.issuer === undefined;
  const others = connector.credentials.filter((one) => credential === "federated" || !ours(one));
  if (others.some((one) => (credential === "federated" ? ours(one) : one.kind === credential))) {
    return { ...connector, credentials: others };
  }
  if (others.filter(({ kind }) => kind === "federated").length >= 20) {
    problems.add(
      pathOf("credentials"),
      "20 federated credentials leave no room for the collector's: at most 19.",
    );
  }
  const added: CredentialSettings =
    credential === "federated"
      ? { kind: "federated", audience: cloudByName(connector.cloud).federatedAudience }
      : {
          kind: "certificate",
          lifetimeDays: 365,
          overlapDays: 30,
          anchor: anchor ?? defaultAnchor,
          staysInVault: true,
        };
  return { ...connector, credentials: [...others, added] };
}

function refuseStrangers(
  { connectors = [] }: CollectorInput,
  entries: readonly ParsedEntry[],
  named: ServingStack["names"],
  problems: Problems,
): void {
  const names = named.map(({ name }) => name);
  connectors.forEach((name, index) => {
    const entry = entries.find(({ connector }) => connector.name === name);
    const path = `collector.connectors[${index}]`;
    if (!names.includes(name)) {
      problems.add(path, `${given(name)} is no entry of this stack.${didYouMean(name, names)}`);
    } else if (entry?.connector.crawl === false) {
      problems.add(path, `${given(name)} has crawl: false.`, "Switch it on, or take the name out.");
    }
  });
}

function refuseWithoutVault({ connector }: ParsedEntry, problems: Problems): void {
  problems.add(
    "vault",
    `is missing: the collector signs in as ${given(connector.name)}, whose tenant is not the subscription's, by a certificate whose key a vault keeps.`,
    "Add vault: {}, or name the served entries in collector.connectors.",
  );
}

function refuseIdle(problems: Problems): void {
  problems.add(
    "collector",
    "has nothing to do: no entry with crawl on has anything that it reads.",
    "Add an entry of the profile collector, or leave collector out.",
  );
}
