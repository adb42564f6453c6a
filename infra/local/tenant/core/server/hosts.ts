/** The services a request can be for; also the names by which faults choose them. */
export type ServiceName =
  | "metadata"
  | "login"
  | "graph"
  | "arm"
  | "key-vault"
  | "msi"
  | "admin"
  | "office365-management"
  | "exchange"
  | "monitor"
  | "storage"
  | "site"
  | "scm";

/** Microsoft's hosts that lead to a service without a path prefix. */
const microsoftHosts: Readonly<Record<string, ServiceName>> = {
  "login.microsoftonline.com": "login",
  "login.windows.net": "login",
  "sts.windows.net": "login",
  "graph.microsoft.com": "graph",
  "management.azure.com": "arm",
  "manage.office.com": "office365-management",
  "outlook.office365.com": "exchange",
};

/** Path prefixes on the tenant's own origin. */
const prefixes: Readonly<Record<string, ServiceName>> = {
  metadata: "metadata",
  login: "login",
  graph: "graph",
  arm: "arm",
  msi: "msi",
  admin: "admin",
  manage: "office365-management",
  exchange: "exchange",
  monitor: "monitor",
};

const vaultSuffix = ".vault.azure.net";

/** Where a request goes. */
export interface Route {
  readonly service: ServiceName;
  /** What has a port of its own, for example a vault: its name. */
  readonly port?: string;
  /** The URL below which the service lies, as the client sees it, without trailing slash. */
  readonly root: string;
  /** The path below the root, beginning with a slash. */
  readonly path: string;
}

/** Services whose every instance has a port of its own, named `<service>/<name>`; a vault's name stands alone. */
const portServices: ReadonlySet<string> = new Set<ServiceName>(["storage", "site", "scm"]);

/** The service behind the name of a port. */
export function serviceOfPort(name: string): ServiceName {
  const [service = "", rest] = name.split("/", 2);
  return rest !== undefined && portServices.has(service) ? (service as ServiceName) : "key-vault";
}

/** Whether the tenant plays this host. */
export function isMicrosoftHost(host: string): boolean {
  return Object.hasOwn(microsoftHosts, host) || vaultOf(host) !== undefined;
}

/** The service that a URL is for, by host or, on loopback, by the first segment of the path in any case. */
export function routeOf(url: URL): Route | undefined {
  const path = collapseSlashes(url.pathname);
  const host = url.hostname.toLowerCase();
  const vault = vaultOf(host);
  if (vault !== undefined) return { service: "key-vault", port: vault, root: url.origin, path };
  const service = Object.hasOwn(microsoftHosts, host) ? microsoftHosts[host] : undefined;
  if (service === "arm" && /^\/metadata\//i.test(path))
    return { service: "metadata", root: url.origin, path: path.slice(9) };
  if (service !== undefined) return { service, root: url.origin, path };
  return isLoopback(host) ? routeByPrefix(url.origin, path) : undefined;
}

/** Doubled slashes collapse, as Microsoft's front ends do. */
export function collapseSlashes(path: string): string {
  return path.replace(/\/{2,}/g, "/");
}

function routeByPrefix(origin: string, path: string): Route | undefined {
  const [, segment = ""] = path.split("/", 2);
  const service = Object.hasOwn(prefixes, segment.toLowerCase())
    ? prefixes[segment.toLowerCase()]
    : undefined;
  if (service === undefined) return undefined;
  const root = `${origin}/${segment.toLowerCase()}`;
  return { service, root, path: path.slice(segment.length + 1) || "/" };
}

function isLoopback(host: string): boolean {
  return host === "127.0.0.1" || host === "localhost" || host === "[::1]";
}

function vaultOf(host: string): string | undefined {
  const name = host.endsWith(vaultSuffix) ? host.slice(0, -vaultSuffix.length) : "";
  return /^[a-z0-9-]+$/.test(name) ? name : undefined;
}
