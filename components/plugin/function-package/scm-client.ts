import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { type Operation, requestSignal } from "../serve";
import { PublishError } from "./errors";

/** How long a deployment site may take until its name resolves and it answers: it is made after the app. */
const NEW_SITE_MILLISECONDS = 120_000;
const LONGEST_DELAY = 10_000;

/** The site is not there yet, has a deployment under way, or can't answer for the moment. */
const PASSING_STATUSES = new Set([404, 408, 409, 429, 500, 502, 503, 504]);
const PASSING_CODES = new Set(["ENOTFOUND", "EAI_AGAIN", "ECONNRESET", "ETIMEDOUT", "EPIPE"]);

const deployment = z.looseObject({
  id: z.string(),
  /** 0 to 2: under way; 3 failed, 4 succeeded ("Deployment status", Kudu's REST API). */
  status: z.number(),
  status_text: z.string().nullish(),
  message: z.string().nullish(),
});

/** A deployment as the app's deployment site tells it. */
export type Deployment = z.infer<typeof deployment>;

/** Sends a request; `fetch`, or a test's stand-in. */
export type Send = (url: string, init: RequestInit) => Promise<Response>;

/** The deployment site (SCM) of one function app, within one operation. */
export class ScmClient {
  readonly #since = Date.now();

  constructor(
    private readonly host: string,
    private readonly token: () => Promise<string>,
    private readonly operation: Operation,
    private readonly send: Send,
  ) {}

  /** Asks the site to take a package; the deployment's id where the answer tells it. Throws `PublishError`. */
  async publish(zip: Uint8Array): Promise<string | undefined> {
    const path = "/api/publish?RemoteBuild=False&Deployer=entra-connectors";
    const response = await this.#call("POST", path, zip);
    const id = z.string().safeParse(parsed(await response.text()));
    return id.success && id.data !== "" ? id.data : undefined;
  }

  /** The newest deployment; undefined when there is none. Throws `PublishError`. */
  async latest(): Promise<Deployment | undefined> {
    const response = await this.#call("GET", "/api/deployments/latest");
    const body = parsed(await response.text());
    if (response.status === 404 || body === undefined) return undefined;
    const found = deployment.safeParse(body);
    if (found.success) return found.data;
    throw new PublishError(
      `https://${this.host}/api/deployments/latest does not tell a deployment. Look at the app's Deployment Center, then run \`pulumi up\` again.`,
    );
  }

  /** Waits; says what was awaited when the operation's time is up. */
  async pause(milliseconds: number, awaited: string): Promise<void> {
    try {
      await sleep(milliseconds, undefined, { signal: this.operation.signal });
    } catch (cause) {
      throw this.#stopped(awaited, cause);
    }
  }

  async #call(method: "GET" | "POST", path: string, zip?: Uint8Array): Promise<Response> {
    for (let attempt = 0; ; attempt += 1) {
      const answer = await this.#once(method, path, zip);
      if (answer instanceof Response) {
        if (answer.ok || (method === "GET" && answer.status === 404)) return answer;
        if (!this.#passes(answer.status)) throw await refusal(this.host, answer);
        await this.pause(delayOf(answer, attempt), `https://${this.host} answered ${answer.status}`);
      } else {
        await this.pause(growing(attempt), `${this.host} could not be reached (${answer})`);
      }
    }
  }

  #passes(status: number): boolean {
    const young = Date.now() - this.#since < NEW_SITE_MILLISECONDS;
    return PASSING_STATUSES.has(status) && (status !== 404 || young);
  }

  /** The answer, or the code of a failure that may pass. */
  async #once(method: string, path: string, zip: Uint8Array | undefined): Promise<Response | string> {
    const authorization = `Bearer ${await this.token()}`;
    const signal = requestSignal(method, this.operation);
    try {
      return await this.send(`https://${this.host}${path}`, {
        method,
        headers: { authorization, ...(zip === undefined ? {} : { "content-type": "application/zip" }) },
        signal,
        ...(zip === undefined ? {} : { body: Buffer.from(zip) }),
      });
    } catch (cause) {
      if (signal.aborted) throw this.#stopped(`${this.host} had not answered`, cause);
      const code = codeOf(cause);
      const young = Date.now() - this.#since < NEW_SITE_MILLISECONDS;
      if (PASSING_CODES.has(code) && young) return code;
      throw new PublishError(
        `The app's deployment site ${this.host} can't be reached (${code}). Check that this machine may reach it (deployerIpRanges, private endpoints), then run \`pulumi up\` again.`,
        { cause },
      );
    }
  }

  #stopped(awaited: string, cause: unknown): Error {
    const { reason } = this.operation.signal;
    if (reason instanceof Error && reason.name !== "TimeoutError") return reason;
    return new PublishError(
      `Time is up: ${awaited}. Run \`pulumi up\` again, or give the resource more time with customTimeouts.`,
      { cause },
    );
  }
}

async function refusal(host: string, response: Response): Promise<PublishError> {
  const text = (await response.text()).replaceAll(/\s+/g, " ").slice(0, 300);
  return new PublishError(
    `https://${host} answered ${response.status}: ${text || "no reason given"}.${adviceFor(response.status)}`,
  );
}

function adviceFor(status: number): string {
  if (status === 401 || status === 403) {
    return " The deployer needs Microsoft.Web/sites/publish/Action on the app (role Website Contributor), from an address that the app's access rules admit.";
  }
  if (status === 404) return " The app does not take packages: it must be on a Flex Consumption plan.";
  return "";
}

/** Fetch hides the network's own error in its cause. */
function codeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const { code } = cause as NodeJS.ErrnoException;
  if (typeof code === "string") return code;
  return cause.cause === undefined ? cause.message : codeOf(cause.cause);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function delayOf(response: Response, attempt: number): number {
  const wanted = response.headers.get("retry-after");
  const seconds = Number(wanted);
  return wanted !== null && Number.isFinite(seconds) ? seconds * 1000 : growing(attempt);
}

function growing(attempt: number): number {
  return Math.min(500 * 2 ** attempt, LONGEST_DELAY);
}
