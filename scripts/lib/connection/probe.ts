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
  const answer = await ask(probe, place, credential);
  const expected = probe.expects.find(
    ({ status, code }) => status === answer.status && (code === undefined || code === answer.code),
  );
  if (expected) return { capability: id, title, result: expected.meaning };
  return { capability: id, title, result: "failed", note: failureNote(answer) };
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

function failureNote({ status, code, message, retryAfter }: Answer): string {
  const said = [`${status}`, code, message.replace(/\.$/, "")].filter((part) => part !== "").join(" ");
  if (status === 401 || status === 403) return `The service refuses (${said}).`;
  const wait = retryAfter === undefined ? "" : ` Retry-After: ${retryAfter}`;
  const diagnosis = diagnose(`${said}${wait}`);
  return diagnosis ? `${diagnosis.problem} ${diagnosis.next}` : `The service answered ${said}.`;
}
