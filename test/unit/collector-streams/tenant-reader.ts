import type { BatchGet, GraphReader, Page } from "../../../components/collector/function/graph/client";
import { Failures } from "../../../components/collector/function/graph/failures";
import { Links } from "../../../components/collector/function/graph/links";
import { leastPermission } from "../../../components/collector/function/graph/permissions";
import { objectReader, pageReader } from "../../../components/collector/function/graph/shapes";
import type { GraphClient } from "../graph/graph-client";

/** Answers instead of the tenant where it returns something. */
type Interception = (path: string) => { readonly status: number; readonly body: unknown } | undefined;

/** A reader of an in-process tenant's Graph, without network, retries or budgets. Remembers the paths that were asked. */
export interface TenantReader extends GraphReader {
  readonly paths: string[];
  /** Called before each answer, with the path below the version. */
  intercept: Interception;
  /** Replaces every `$top`: small pages for small tenants. */
  top: number | undefined;
}

const graph = "https://graph.test/graph";

export function tenantReader(client: GraphClient): TenantReader {
  const links = new Links({ graph, graphHosts: [] });
  const failures = new Failures(leastPermission);
  const paths: string[] = [];
  const ask = async (from: string): Promise<unknown> => {
    const { version, path: asked } = links.relative(from.replace(/^https:\/\/[^/]+(?:\/graph)?/, graph));
    const path = reader.top === undefined ? asked : asked.replace(/(?<=\$top=)\d+/, String(reader.top));
    paths.push(path);
    const injected = reader.intercept(path);
    const headers = path.endsWith("/$count") ? { consistencylevel: "eventual" } : {};
    const reply = injected ?? (await client.get(`/${version}${path}`, headers));
    if (reply.status === 200)
      return "text" in reply && path.endsWith("/$count") ? Number(reply.text) : reply.body;
    const call = { method: "GET" as const, url: `${graph}/${version}${path}` };
    throw failures.ofReply(call, { status: reply.status, headers: {}, body: reply.body });
  };
  const reader: TenantReader = {
    paths,
    intercept: () => undefined,
    top: undefined,
    figures: { requests: 0, throttled: 0, retries: 0, bytes: 0 },
    get: async (path, schema) => objectReader(schema)(await ask(path)),
    async *pages(from, schema) {
      const read = pageReader(schema);
      for (let next: string | undefined = from; next !== undefined; ) {
        const page: ReturnType<typeof read> = read(await ask(next));
        next = page.nextLink;
        yield page;
      }
    },
    async *batch<Item>(
      requests: Iterable<BatchGet> | AsyncIterable<BatchGet>,
      schema: Parameters<typeof pageReader<Item>>[0],
    ) {
      const read = pageReader(schema);
      const answers: { id: string; page?: Page<Item>; error?: Error }[] = [];
      for await (const { id, path } of requests) {
        try {
          answers.push({ id, page: read(await ask(path)) });
        } catch (error) {
          answers.push({ id, error: error as Error });
        }
      }
      yield* answers.reverse();
    },
  };
  return reader;
}
