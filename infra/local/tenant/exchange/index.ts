/**
 * The endpoint by which the Exchange Online PowerShell module runs cmdlets: `POST /adminapi/beta/{tenant}/InvokeCommand`.
 * It needs a token with Exchange.ManageAsApp (401 without) and a directory role (403 without).
 */
import { type Context, Hono } from "hono";
import { z } from "zod";
import { serviceRootHeader } from "../core/server/service-root";
import { TokenError } from "../core/tokens";
import type { Caller, Tenant } from "../core/types";
import { openDirectory } from "../directory/open";
import { accessOf } from "./access";
import { cmdlets } from "./cmdlets";
import { ExchangeError, refusals } from "./errors";
import { ExchangeState } from "./state";

export { exchangeCollections } from "./state";

const inputSchema = z.object({
  CmdletInput: z.object({
    CmdletName: z.string().min(1),
    Parameters: z.record(z.string(), z.unknown()).default({}),
  }),
});

/** Every cmdlet takes these. */
const commonParameters: ReadonlySet<string> = new Set(["erroraction", "warningaction", "verbose", "confirm"]);
const largestPage = 1_000;
const usualResultSize = 1_000;

/** Paths are relative to `/exchange`, or to `outlook.office365.com`. */
export function createExchangeApp(tenant: Tenant): Hono {
  const directory = openDirectory(tenant.store);
  const state = new ExchangeState(tenant.store, directory);
  const app = new Hono({ getPath: (request) => new URL(request.url).pathname.toLowerCase() });
  app.post("/adminapi/:version/:tenant/invokecommand", async (context) => {
    const caller = await authenticate(tenant, context);
    if (caller === undefined) return unauthorized(tenant);
    const access = accessOf(directory, tenant, caller);
    const { CmdletName: name, Parameters: parameters } = readInput(await context.req.text());
    const cmdlet = cmdlets[name.toLowerCase()];
    if (cmdlet === undefined || !access.has(cmdlet.access)) throw refusals.unknownCommand(name);
    for (const parameter of Object.keys(parameters)) {
      const known = cmdlet.parameters.includes(parameter) || commonParameters.has(parameter.toLowerCase());
      if (!known && !parameter.includes("@odata.")) throw refusals.unknownParameter(parameter);
    }
    return context.json(page(tenant, context, cmdlet.run(state, parameters), parameters.ResultSize));
  });
  app.onError((error, context) => {
    if (error instanceof ExchangeError) return context.json(error.body() as object, error.status);
    throw error;
  });
  return app;
}

/** Who calls; undefined for a token that Exchange does not take. */
async function authenticate(tenant: Tenant, context: Context): Promise<Caller | undefined> {
  try {
    const caller = await tenant.tokens.verify(context.req.header("authorization"), "exchange");
    const named = context.req.param("tenant") ?? "";
    const { tenantId, domain } = tenant.settings;
    const isOurs = [tenantId, domain].includes(named.toLowerCase());
    return isOurs && caller.roles.includes("Exchange.ManageAsApp") ? caller : undefined;
  } catch (error) {
    if (error instanceof TokenError) return undefined;
    throw error;
  }
}

/** No body, as the service does. */
function unauthorized({ settings }: Tenant): Response {
  const challenge = `Bearer client_id="00000002-0000-0ff1-ce00-000000000000", trusted_issuers="00000001-0000-0000-c000-000000000000@${settings.tenantId}", error="invalid_token"`;
  return new Response(null, { status: 401, headers: { "WWW-Authenticate": challenge } });
}

function readInput(text: string): z.output<typeof inputSchema>["CmdletInput"] {
  try {
    return inputSchema.parse(JSON.parse(text)).CmdletInput;
  } catch {
    throw refusals.unreadable();
  }
}

/** One page of results; the next is asked for by the same POST to the next link. */
function page(tenant: Tenant, context: Context, results: Iterable<unknown>, resultSize: unknown): object {
  const root = context.req.header(serviceRootHeader) ?? `${tenant.settings.origin}/exchange`;
  const base = `${root}/adminapi/beta/${tenant.settings.tenantId}`;
  const most = mostResults(resultSize);
  const asked = Number(
    /odata\.maxpagesize=(\d+)/i.exec(context.req.header("prefer") ?? "")?.[1] ?? largestPage,
  );
  const start = Number(context.req.query("$skiptoken") ?? 0);
  const size = Math.min(Math.max(1, asked), largestPage, most - start);
  const value: unknown[] = [];
  let place = 0;
  let more = false;
  for (const result of results) {
    if (place >= start + size) {
      more = true;
      break;
    }
    if (place >= start) value.push(result);
    place += 1;
  }
  const cut = more && place >= most;
  return {
    "@odata.context": `${base}/$metadata#Collection(Exchange.GenericHashTable)`,
    "adminapi.warnings@odata.type": "#Collection(String)",
    "@adminapi.warnings": cut
      ? [
          "There are more results available than are currently displayed. To view them, increase the value for the ResultSize parameter.",
        ]
      : [],
    ...(more && !cut && { "@odata.nextLink": `${base}/InvokeCommand?$skiptoken=${place}` }),
    value,
  };
}

/** 1,000 unless asked otherwise: a number, or "Unlimited". */
function mostResults(resultSize: unknown): number {
  if (resultSize === undefined) return usualResultSize;
  if (String(resultSize).toLowerCase() === "unlimited") return Number.POSITIVE_INFINITY;
  const most = Number(resultSize);
  if (!Number.isInteger(most) || most < 1) throw refusals.badValue("ResultSize");
  return most;
}
