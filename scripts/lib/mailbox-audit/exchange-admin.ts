/**
 * The endpoint by which the Exchange Online PowerShell module runs its cmdlets. Microsoft documents the cmdlets, not the
 * endpoint; the documented Admin API does not reach mailbox auditing.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { TokenCredential } from "@azure/identity";
import { z } from "zod";
import type { Cloud } from "../../../components/clouds";
import { formatDuration } from "../duration";
import { ExchangeRefusal } from "./refusal";

/** Whom to ask, as whom. */
export interface ExchangePlace {
  readonly cloud: Cloud;
  readonly tenantId: string;
  readonly credential: TokenCredential;
  /** Told while Exchange makes the command wait. */
  readonly progress: (line: string) => void;
  /** Shortest wait before a request is sent again, milliseconds. @default 2,000 */
  readonly shortestWait?: number;
}

/** Parameters of a cmdlet, by name. */
export type CmdletParameters = Readonly<Record<string, unknown>>;

/** Runs cmdlets in one organization. */
export interface ExchangeAdmin {
  /** The results of a cmdlet, page by page. @throws ExchangeRefusal */
  run(cmdlet: string, parameters?: CmdletParameters): AsyncGenerator<readonly unknown[], void, undefined>;
}

const pageSchema = z.object({
  value: z.array(z.unknown()).default([]),
  "@odata.nextLink": z.string().optional(),
});

const resultsPerPage = 1_000;
const mostAttempts = 7;
const longestWait = 120_000;
const requestTimeout = 180_000;
const busy: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Opens the organization of a tenant. Nothing is asked yet. */
export function openExchange(place: ExchangePlace): ExchangeAdmin {
  const root = `${place.cloud.exchange}/adminapi/beta/${place.tenantId}/InvokeCommand`;
  return {
    async *run(cmdlet, parameters = {}) {
      const body = JSON.stringify({ CmdletInput: { CmdletName: cmdlet, Parameters: parameters } });
      let next: string | undefined = root;
      while (next !== undefined) {
        const page = pageSchema.parse(await post(place, next, cmdlet, body));
        yield page.value;
        next = nextPage(page["@odata.nextLink"], root);
      }
    },
  };
}

/** The token goes to Exchange alone, whatever a link says. */
function nextPage(link: string | undefined, root: string): string | undefined {
  if (link === undefined || link === "") return undefined;
  const { origin, href } = new URL(link, root);
  if (origin !== new URL(root).origin) {
    throw new ExchangeRefusal({ status: 0, cmdlet: "", said: `a link to another host (${origin})` });
  }
  return href;
}

async function post(place: ExchangePlace, url: string, cmdlet: string, body: string): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(url, {
      method: "POST",
      headers: await headersOf(place),
      body,
      signal: AbortSignal.timeout(requestTimeout),
    });
    if (response.ok) return response.status === 204 ? {} : await response.json();
    const said = messageOf(await response.text());
    const refusal = new ExchangeRefusal({ status: response.status, cmdlet, said });
    if (!busy.has(response.status) || attempt === mostAttempts) throw refusal;
    const wait = waitOf(response, attempt, place.shortestWait ?? 2_000);
    place.progress(`Exchange is busy (${response.status}): waiting ${formatDuration(wait)}`);
    await sleep(wait);
  }
}

async function headersOf({ cloud, tenantId, credential }: ExchangePlace): Promise<Record<string, string>> {
  const token = await credential.getToken(`${cloud.exchange}/.default`);
  return {
    authorization: `Bearer ${token?.token ?? ""}`,
    "content-type": "application/json",
    prefer: `odata.maxpagesize=${resultsPerPage}`,
    // Without it the request may go to a server of another organization, which does not know ours.
    "x-anchormailbox": `APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@${tenantId}`,
    "x-responseformat": "json",
  };
}

/** What the service asks for (seconds or a date), else longer from attempt to attempt. */
function waitOf({ headers }: Response, attempt: number, shortest: number): number {
  const asked = headers.get("retry-after") ?? "";
  const seconds = Number(asked);
  const milliseconds = Number.isNaN(seconds) ? Date.parse(asked) - Date.now() : seconds * 1_000;
  const wait = asked === "" || Number.isNaN(milliseconds) ? shortest * 2 ** (attempt - 1) : milliseconds;
  return Math.min(longestWait, Math.max(shortest, wait));
}

const errorSchema = z.object({
  error: z.object({
    message: z.string().default(""),
    innererror: z.object({ message: z.string().optional() }).optional(),
    details: z.array(z.object({ message: z.string().default("") })).optional(),
  }),
});

/** The sentence of the cmdlet itself, cut out of what is wrapped around it: `code|exception|sentence`. */
function messageOf(text: string): string {
  const parsed = errorSchema.safeParse(jsonOf(text));
  if (!parsed.success) return "";
  const { message, innererror, details } = parsed.data.error;
  const wrapped = details
    ?.find((detail) => detail.message.includes("|"))
    ?.message.split("|")
    .at(-1);
  return (wrapped ?? innererror?.message ?? message).trim();
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
