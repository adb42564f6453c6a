/** Where requests may go: paths below Graph's root, and links that the service gave, to Graph's own hosts only. */
import { GraphError } from "./errors";

/** What the client must know of a cloud. */
export interface GraphCloud {
  /** Microsoft Graph root, without version. */
  readonly graph: string;
  /** Hosts beyond Microsoft's to which a Graph token may be sent. */
  readonly graphHosts: readonly string[];
}

export type GraphVersion = "v1.0" | "beta";

export class Links {
  private readonly root: string;
  private readonly origin: URL;

  constructor(private readonly cloud: GraphCloud) {
    this.root = cloud.graph.replace(/\/+$/, "");
    this.origin = new URL(this.root);
  }

  /**
   * The absolute URL of a path relative to the version (`/users`, `/beta/users`), or of a link, unchanged.
   * @throws GraphError of kind `malformed` for a link to another host: a token never goes there
   */
  absolute(from: string): string {
    if (from.startsWith("/")) {
      const version = versionOf(from);
      return `${this.root}/${version}${version === "beta" ? from.slice("/beta".length) : from}`;
    }
    this.check(from);
    return from;
  }

  /** Path below the version, of a path or a link: how a batch names it. */
  relative(from: string): { readonly version: GraphVersion; readonly path: string } {
    if (from.startsWith("/")) {
      const version = versionOf(from);
      return { version, path: version === "beta" ? from.slice("/beta".length) : from };
    }
    this.check(from);
    const match = /^https?:\/\/[^/]+(?:\/.*?)?\/(v1\.0|beta)(\/.*)$/i.exec(from);
    const path = match?.[2];
    if (path === undefined)
      throw new GraphError("malformed", "Microsoft Graph gave a link without a version.");
    return { version: match?.[1]?.toLowerCase() === "beta" ? "beta" : "v1.0", path };
  }

  batch(version: GraphVersion): string {
    return `${this.root}/${version}/$batch`;
  }

  private check(link: string): void {
    const url = URL.canParse(link) ? new URL(link) : undefined;
    const own = url?.origin === this.origin.origin;
    const trusted = url?.protocol === "https:" && this.cloud.graphHosts.includes(url.hostname);
    if (url !== undefined && (own || trusted) && url.username === "" && url.password === "") return;
    throw new GraphError(
      "malformed",
      `Microsoft Graph gave a link to ${url?.host || "an unreadable address"}, which is not one of its hosts. No token was sent there.`,
    );
  }
}

const versionOf = (path: string): GraphVersion => (/^\/beta\//i.test(path) ? "beta" : "v1.0");
