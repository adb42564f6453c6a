/** The way to Exchange, against a server that answers as the service does. */
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { afterEach, describe, expect, it } from "vitest";
import { cloudByName } from "../../../components/clouds";
import { UserError } from "../../../scripts/lib/errors";
import { openExchange } from "../../../scripts/lib/mailbox-audit/exchange-admin";
import { explained } from "../../../scripts/lib/mailbox-audit/refusal";

const path = "/adminapi/beta/tenant/InvokeCommand";
const servers: ReturnType<typeof serve>[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Serves these answers, one a request, and keeps what was asked. */
async function exchangeThat(...answers: readonly ((origin: string) => Response)[]) {
  const asked: { url: string; headers: Headers; body: unknown }[] = [];
  let origin = "";
  const app = new Hono();
  app.post("*", async (context) => {
    asked.push({
      url: context.req.url.replace(origin, ""),
      headers: context.req.raw.headers,
      body: await context.req.json(),
    });
    return answers[Math.min(asked.length, answers.length) - 1]?.(origin) ?? context.notFound();
  });
  const port = await new Promise<number>((resolve) => {
    servers.push(serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, (info) => resolve(info.port)));
  });
  origin = `http://127.0.0.1:${port}`;
  const waits: string[] = [];
  const exchange = openExchange({
    cloud: { ...cloudByName("global"), exchange: origin },
    tenantId: "tenant",
    credential: { getToken: async (scope) => ({ token: `for ${scope}`, expiresOnTimestamp: 0 }) },
    progress: (line) => waits.push(line),
    shortestWait: 5,
  });
  const run = async () => {
    const results: unknown[] = [];
    for await (const page of exchange.run("Get-Mailbox", { ResultSize: "Unlimited" })) results.push(...page);
    return results;
  };
  return { run, asked, waits, origin };
}

const page = (value: unknown[], next?: string) =>
  Response.json({ value, ...(next === undefined ? {} : { "@odata.nextLink": next }) });
const refused = (status: number, message: string) =>
  Response.json(
    { error: { code: "x", message, details: [{ message: `Ex1|Some.Exception|${message}` }] } },
    { status },
  );

describe("pages", () => {
  it("are all asked for, with the cmdlet, as Exchange's own audience and organization", async () => {
    const { run, asked, origin } = await exchangeThat(
      (base) => page([1, 2], `${base}${path}?$skiptoken=2`),
      () => page([3]),
    );
    expect(await run()).toEqual([1, 2, 3]);
    expect(asked.map(({ url }) => url)).toEqual([path, `${path}?$skiptoken=2`]);
    const body = { CmdletInput: { CmdletName: "Get-Mailbox", Parameters: { ResultSize: "Unlimited" } } };
    expect(asked.map((one) => one.body)).toEqual([body, body]);
    expect(asked[0]?.headers.get("authorization")).toBe(`Bearer for ${origin}/.default`);
    expect(asked[0]?.headers.get("x-anchormailbox")).toMatch(/@tenant$/);
  });

  it("are never asked of another host, which would get the token", async () => {
    const { run, asked } = await exchangeThat(() => page([1], `https://elsewhere.example${path}`));
    await expect(run()).rejects.toThrow("another host (https://elsewhere.example)");
    expect(asked).toHaveLength(1);
  });
});

describe("a busy service", () => {
  it("is asked again after the wait that it names", async () => {
    const { run, asked, waits } = await exchangeThat(
      () => new Response("", { status: 429, headers: { "retry-after": "0" } }),
      () => new Response("", { status: 503 }),
      () => page(["a"]),
    );
    expect(await run()).toEqual(["a"]);
    expect(asked).toHaveLength(3);
    expect(waits.map((line) => line.slice(0, 22))).toEqual([
      "Exchange is busy (429)",
      "Exchange is busy (503)",
    ]);
  });

  it("is left alone after some attempts, and it is said", async () => {
    const { run, asked } = await exchangeThat(() => refused(503, "ServerBusy"));
    const error = explained(await run().catch((reason: unknown) => reason), "Set-up");
    expect(asked).toHaveLength(7);
    expect(error).toBeInstanceOf(UserError);
    expect(String(error)).toContain("Exchange stays busy (503)");
  });
});

describe("a refusal", () => {
  it.each<[string, Response, RegExp, RegExp]>([
    [
      "without the app role",
      new Response(null, { status: 401 }),
      /Exchange\.ManageAsApp/,
      /test-connection "Set-up"/,
    ],
    [
      "without the directory role",
      refused(403, "The role is not supported"),
      /Exchange Administrator/,
      /up --refresh/,
    ],
    [
      "of a cmdlet that the role does not have",
      refused(400, "The term 'Get-Mailbox' is not recognized as the name of a cmdlet"),
      /may not run Get-Mailbox \(400\)/,
      /Exchange Administrator/,
    ],
    [
      "of an organization that was never customized",
      refused(400, "First run the command: Enable-OrganizationCustomization."),
      /does not allow Get-Mailbox yet/,
      /Enable-OrganizationCustomization once/,
    ],
  ])("%s names cause and next step", async (_name, answer, problem, next) => {
    const { run } = await exchangeThat(() => answer);
    const error = explained(await run().catch((reason: unknown) => reason), "Set-up");
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).toMatch(problem);
    expect((error as UserError).next).toMatch(next);
  });

  it("shows Exchange's own sentence, without what is wrapped around it", async () => {
    const { run } = await exchangeThat(() => refused(404, "object 'ada' couldn't be found"));
    await expect(run()).rejects.toThrow(/^Get-Mailbox 404 object 'ada' couldn't be found$/);
  });
});
