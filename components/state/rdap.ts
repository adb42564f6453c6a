/** When domains' registrations end, by RDAP (RFC 9083 "JSON Responses for the Registration Data Access Protocol"). */
import { z } from "zod";
import type { DomainRegistrations } from "./outside";

/** The registry, or the service that knows the registries, could not be asked. */
class RegistrationError extends Error {
  override readonly name = "RegistrationError";
}

const replySchema = z.object({
  events: z.array(z.object({ eventAction: z.string(), eventDate: z.string() })).default([]),
});

export interface RdapOptions {
  /** To which the domain's name is appended, `https://rdap.org/domain/` for example. */
  readonly endpoint: string;
  readonly timeoutMilliseconds?: number;
  readonly fetch?: typeof fetch;
}

/** Asks an RDAP service; it may redirect to the registry's own. */
export function rdapRegistrations({
  endpoint,
  timeoutMilliseconds = 10_000,
  fetch: send = fetch,
}: RdapOptions): DomainRegistrations {
  return {
    expiry: async (domain) => {
      const reply = await ask(send, `${endpoint}${encodeURIComponent(domain)}`, timeoutMilliseconds);
      const end = reply.events.find(({ eventAction }) => eventAction === "expiration")?.eventDate;
      const moment = end === undefined ? Number.NaN : Date.parse(end);
      return Number.isNaN(moment) ? undefined : moment;
    },
  };
}

async function ask(send: typeof fetch, url: string, timeout: number): Promise<z.output<typeof replySchema>> {
  const signal = AbortSignal.timeout(timeout);
  let body: unknown;
  try {
    const response = await send(url, { headers: { accept: "application/rdap+json" }, signal });
    if (response.status === 404) {
      throw new RegistrationError("the registry knows no such domain, or answers no questions");
    }
    if (!response.ok) throw new RegistrationError(`the registry answered ${response.status}`);
    body = await response.json();
  } catch (error) {
    if (error instanceof RegistrationError) throw error;
    throw new RegistrationError(
      signal.aborted ? "the registry did not answer" : "the registry can't be reached",
    );
  }
  const parsed = replySchema.safeParse(body);
  if (!parsed.success) throw new RegistrationError("the registry answered something else than RDAP");
  return parsed.data;
}
