import type { GraphClient, Reply } from "../graph/graph-client";

/** A round of a delta query, page by page, as a client reads it. */
export interface Round {
  readonly pages: readonly Reply["body"][];
  readonly objects: readonly Reply["body"]["value"][number][];
  /** Path and query of the delta link. */
  readonly link: string;
}

interface Links {
  readonly "@odata.nextLink"?: string;
  readonly "@odata.deltaLink"?: string;
}

/** Path below the Graph app of an absolute link. */
export const pathOf = (link: string): string => link.slice(link.search(/\/(v1\.0|beta)\//));

/** Follows next links to the delta link. */
export async function readRound(
  client: GraphClient,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Round> {
  const pages: Reply["body"][] = [];
  for (let next: string | undefined = path; next !== undefined; ) {
    const reply = await client.get(next, headers);
    if (reply.status !== 200) throw new Error(`${reply.status} ${reply.text}`);
    pages.push(reply.body);
    const links: Links = reply.body;
    if (links["@odata.deltaLink"] !== undefined) {
      return { pages, objects: pages.flatMap(({ value }) => value), link: pathOf(links["@odata.deltaLink"]) };
    }
    next = links["@odata.nextLink"] === undefined ? undefined : pathOf(links["@odata.nextLink"]);
  }
  throw new Error("The last page has neither a next link nor a delta link.");
}
