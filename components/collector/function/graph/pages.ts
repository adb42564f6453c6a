/** The pages of a collection, one request ahead of the reader. */
import { createHash } from "node:crypto";
import type { z } from "zod";
import { chargeOf } from "./budget/costs";
import type { Page } from "./client";
import { GraphError } from "./errors";
import { pathOf } from "./figures";
import { Gate } from "./gate";
import type { Links } from "./links";
import { pageReader } from "./shapes";
import type { Transport } from "./transport";

export async function* readPages<Item>(
  transport: Transport,
  links: Links,
  from: string,
  schema: z.ZodType<Item>,
): AsyncGenerator<Page<Item>, void, undefined> {
  const read = pageReader(schema);
  const seen = new Set<string>();
  const stop = new AbortController();
  const signal = transport.use.deadline.signalWith(stop.signal);
  const fetch = (link: string) => {
    const url = links.absolute(link);
    refuseLoop(seen, url);
    const charges = [chargeOf(links.relative(link).path)];
    const gate = new Gate(signal);
    const whenWanted = () => gate.wait();
    const page = transport.send({ method: "GET", url, charges, read, whenWanted }, signal);
    page.catch(() => {});
    return { gate, page };
  };
  try {
    let next: ReturnType<typeof fetch> | undefined = fetch(from);
    while (next !== undefined) {
      next.gate.open();
      const page: Page<Item> = await next.page;
      next = page.nextLink === undefined ? undefined : fetch(page.nextLink);
      yield page;
    }
  } finally {
    stop.abort();
  }
}

/** Links are long and there are thousands: a digest of each is kept. */
function refuseLoop(seen: Set<string>, url: string): void {
  const digest = createHash("sha256").update(url).digest("base64url").slice(0, 16);
  if (seen.has(digest))
    throw new GraphError(
      "malformed",
      `The pages of ${pathOf(url)} go round in a circle: a next link came twice. What was read is not complete.`,
    );
  seen.add(digest);
}
