import { isMap, type PlainProperties } from "../../../components/plugin/serve";
import type { Azure } from "../../../infra/local/providers/azure-native/azure";
import type { Api } from "../../../infra/local/providers/http/api";

type Json = Record<string, unknown>;

/** A request to the stand-in for Azure Resource Manager. */
export interface ArmRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: Json | undefined;
}

/** Azure Resource Manager as far as resource types share it: keeps bodies by path, adds what services add. */
export class FakeArm {
  readonly requests: ArmRequest[] = [];
  readonly #bodies = new Map<string, Json>();

  /** What the service adds to a resource, by the end of its path. */
  readonly additions: Record<string, Json> = {};

  /** The plugin's client onto this stand-in. */
  azure(): Azure {
    const api = {
      find: async (url: string) => this.#answer("GET", url, undefined),
      call: async (method: string, url: string, _limits: unknown, body?: Json) => {
        const answer = this.#answer(method, url, body);
        return { status: answer === undefined ? 404 : 200, headers: {}, body: answer };
      },
    };
    return { arm: api as unknown as Api, subscriptionId: "s-1", location: undefined } as Azure;
  }

  /** Changes a resource behind the plugin's back. */
  drift(path: string, change: (properties: Json) => Json): void {
    const body = this.#bodies.get(path.toLowerCase());
    if (body === undefined) throw new Error(`Nothing is at ${path}.`);
    this.#bodies.set(path.toLowerCase(), { ...body, properties: change(body.properties as Json) });
  }

  seed(path: string, body: Json): void {
    this.#bodies.set(path.toLowerCase(), body);
  }

  written(): ArmRequest[] {
    return this.requests.filter(({ method }) => method !== "GET");
  }

  #answer(method: string, url: string, body: Json | undefined): Json | undefined {
    const [path = "", query = ""] = url.split("?");
    const copy = body === undefined ? undefined : (JSON.parse(JSON.stringify(body)) as Json);
    this.requests.push({ method, path, query, body: copy });
    if (method === "PUT") this.#bodies.set(path.toLowerCase(), copy ?? {});
    if (path.endsWith("/config/web")) return this.#siteConfiguration(path);
    const found = this.#bodies.get(path.toLowerCase());
    if (method === "DELETE") this.#bodies.delete(path.toLowerCase());
    return found === undefined ? undefined : this.#resource(path, found);
  }

  #resource(path: string, body: Json): Json {
    const name = path.slice(path.lastIndexOf("/") + 1);
    const [, added = {}] = Object.entries(this.additions).find(([end]) => path.endsWith(end)) ?? [];
    const properties = { ...(body.properties as Json), ...added };
    return { id: path, name, type: "T/t", ...body, properties };
  }

  /** As the service: everything but the app settings, with its own values for what is not declared. */
  #siteConfiguration(path: string): Json | undefined {
    const site = this.#bodies.get(path.replace("/config/web", "").toLowerCase());
    if (site === undefined) return undefined;
    const { siteConfig } = site.properties as PlainProperties;
    const { appSettings: _, ...declared } = isMap(siteConfig) ? siteConfig : {};
    return { id: path, name: "web", type: "T/config", properties: { alwaysOn: false, ...declared } };
  }
}
