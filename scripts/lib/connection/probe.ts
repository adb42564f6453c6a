/** One harmless read a capability. */
import type { TokenCredential } from "@azure/identity";
import { ResponseType } from "@microsoft/microsoft-graph-client";
import { z } from "zod";
import type { Cloud } from "../../../components/clouds";
import { findCapability } from "../../../components/permissions/capabilities";
import type { RequestProbe } from "../../../components/permissions/capabilities/capability";
import { graphClient } from "../azure/graph";
import { diagnose } from "../diagnosis";
import type { ProbeResult } from "./report";

/** Tries one capability of a connector. */
export async function tryCapability(
  id: string,
  place: { readonly cloud: Cloud; readonly tenantId: string },
  credential: TokenCredential,
): Promise<ProbeResult> {
  const capability = findCapability(id);
  if (!capability) {
    return {
      capability: id,
      title: id,
      result: "notTried",
      note: "This version doesn't know the capability.",
    };
  }
  const { title, probe } = capability;
  if (probe.kind === "token") return { capability: id, title, result: "notTried", note: probe.note };
  if (probe.api === "office365Management" && !place.cloud.authority.ownO365Management) {
    const note = "This cloud names no Management Activity API, and its tokens are not sent to Microsoft's.";
    return { capability: id, title, result: "notTried", note };
  }
  const answer = await ask(probe, place, credential).catch((error: unknown) =>
    unanswered(error, probe, place),
  );
  if ("result" in answer) return { capability: id, title, ...answer };
  const expected = probe.expects.find(
    ({ status, code }) => status === answer.status && (code === undefined || code === answer.code),
  );
  if (expected) return { capability: id, title, result: expected.meaning };
  return { capability: id, title, result: "failed", ...failure(answer) };
}

type Failure = Pick<ProbeResult, "note" | "next">;

/** No answer at all: no way to the service, or no token for it. The other probes may well have one. */
function unanswered(
  error: unknown,
  { api }: RequestProbe,
  { cloud }: { readonly cloud: Cloud },
): Failure & { readonly result: "failed" } {
  const { host } = new URL(api === "graph" ? cloud.graph : cloud.o365Management);
  const known = diagnose(error);
  if (known) return { result: "failed", note: `${host} gave no answer. ${known.problem}`, next: known.next };
  return {
    result: "failed",
    note: `${host} gave no answer (${innermost(error)}).`,
    next: "Check network, proxy (HTTPS_PROXY) and firewall on the way to it, then run it again.",
  };
}

/** What began it: "fetch failed" helps nobody. */
function innermost(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : innermost(error.cause);
}

/** What came back, as far as it matters. */
interface Answer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly retryAfter: string | undefined;
}

async function ask(
  probe: RequestProbe,
  { cloud, tenantId }: { readonly cloud: Cloud; readonly tenantId: string },
  credential: TokenCredential,
): Promise<Answer> {
  if (probe.api === "graph") {
    const client = graphClient(cloud, credential);
    const response: Response = await client
      .api(probe.path)
      .version(probe.version)
      .responseType(ResponseType.RAW)
      .get();
    return answerOf(response);
  }
  const token = await credential.getToken(`${cloud.o365Management}/.default`);
  const path = probe.path.replace("{tenantId}", tenantId);
  const url = `${cloud.o365Management}${path}?PublisherIdentifier=${tenantId}`;
  return answerOf(await fetch(url, { headers: { authorization: `Bearer ${token?.token ?? ""}` } }));
}

const errorBody = z.object({
  error: z.object({ code: z.string().default(""), message: z.string().default("") }),
});

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const parsed = errorBody.safeParse(jsonOf(text));
  const { code, message } = parsed.success ? parsed.data.error : { code: "", message: "" };
  return {
    status: response.status,
    code,
    message,
    retryAfter: response.headers.get("retry-after") ?? undefined,
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function failure({ status, code, message, retryAfter }: Answer): Failure {
  const said = [`${status}`, code, message.replace(/\.$/, "")].filter((part) => part !== "").join(" ");
  if (status === 401 || status === 403) return { note: `The service refuses (${said}).` };
  const wait = retryAfter === undefined ? "" : ` Retry-After: ${retryAfter}`;
  const diagnosis = diagnose(`${said}${wait}`);
  return diagnosis === undefined
    ? { note: `The service answered ${said}.` }
    : { note: diagnosis.problem, next: diagnosis.next };
}
