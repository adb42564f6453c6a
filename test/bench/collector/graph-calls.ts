/** Single calls of the tenant's Graph: what prepares a measurement. */
import { readFileSync } from "node:fs";
import { Agent, request } from "undici";
import type { Endpoint } from "../../../infra/local/tenant/process";

export type Json = Readonly<Record<string, unknown>>;

export class GraphCalls {
  private constructor(
    private readonly endpoint: Endpoint,
    private readonly dispatcher: Agent,
    private readonly token: string,
  ) {}

  static async signIn(
    endpoint: Endpoint,
    { clientId, secret }: { readonly clientId: string; readonly secret: string },
  ): Promise<GraphCalls> {
    const dispatcher = new Agent({ connect: { ca: readFileSync(endpoint.caFile, "utf8") } });
    const form = new URLSearchParams({
      client_id: clientId,
      client_secret: secret,
      grant_type: "client_credentials",
      scope: `${endpoint.origin}/graph/.default`,
    });
    const reply = await request(`${endpoint.origin}/login/${endpoint.tenantId}/oauth2/v2.0/token`, {
      dispatcher,
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: form.toString(),
    });
    const { access_token: token } = (await reply.body.json()) as Json;
    return new GraphCalls(endpoint, dispatcher, String(token));
  }

  get(path: string): Promise<Json> {
    return this.call("GET", path);
  }

  post(path: string, body: Json): Promise<Json> {
    return this.call("POST", path, body);
  }

  /** @throws Error for any status but 2xx */
  async call(method: "GET" | "POST" | "PATCH" | "DELETE", path: string, body?: Json): Promise<Json> {
    const reply = await request(`${this.endpoint.origin}/graph/v1.0${path}`, {
      dispatcher: this.dispatcher,
      method,
      headers: { authorization: `Bearer ${this.token}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await reply.body.text();
    if (reply.statusCode >= 300) throw new Error(`${reply.statusCode} to ${method} ${path}: ${text}`);
    return text === "" ? {} : (JSON.parse(text) as Json);
  }

  async close(): Promise<void> {
    await this.dispatcher.close();
  }
}
