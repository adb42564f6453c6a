import type { ApiError } from "./errors";
import type { Limits } from "./time";
import type { Tokens } from "./tokens";
import type { HttpAnswer, HttpRequest, Transport } from "./transport";

/** What a call may say beside its method, path and body. */
export interface CallOptions {
  readonly retryWhen?: (error: ApiError) => boolean;
  readonly expect?: readonly number[];
}

/** One API below one root URL, called with tokens for one scope. */
export class Api {
  constructor(
    readonly root: string,
    private readonly scope: string,
    private readonly transport: Transport,
    private readonly tokens: Tokens,
  ) {}

  /** Calls `{root}{path}` (or an absolute URL, such as a next link) with a JSON body. */
  async call(
    method: HttpRequest["method"],
    path: string,
    limits: Limits,
    body?: unknown,
    options: CallOptions = {},
  ): Promise<HttpAnswer> {
    const token = await this.tokens.get(this.scope, limits);
    return this.transport.send(
      {
        method,
        url: path.startsWith("https://") ? path : `${this.root}${path}`,
        headers: {
          authorization: `Bearer ${token.value}`,
          accept: "application/json",
          "content-type": "application/json; charset=utf-8",
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...options,
      },
      limits,
    );
  }

  /** The body of a GET, undefined when there is nothing (404). */
  async find(path: string, limits: Limits): Promise<unknown> {
    const answer = await this.call("GET", path, limits, undefined, { expect: [404] });
    return answer.status === 404 ? undefined : answer.body;
  }

  /** The service principal that calls (claim `oid` of its token). */
  async caller(limits: Limits): Promise<string> {
    return (await this.tokens.get(this.scope, limits)).objectId;
  }
}
