/** The pages of a collection, two requests ahead of the reader. */
import type { z } from "zod";
import type { Page } from "./client";
import type { Links } from "./links";
import { PageChain } from "./page-chain";
import type { Transport } from "./transport";

export async function* readPages<Item>(
  transport: Transport,
  links: Links,
  from: string,
  schema: z.ZodType<Item>,
): AsyncGenerator<Page<Item>, void, undefined> {
  const chain = new PageChain(transport, links, schema);
  try {
    for (let link: string | undefined = from; link !== undefined; ) {
      const page: Page<Item> = await chain.take(link);
      link = page.nextLink;
      if (link !== undefined) chain.expect(link);
      yield page;
    }
  } finally {
    chain.stop();
  }
}
