/** From what Graph answered to what it means: the kind of failure, in words, with the permission where one is missing. */
import { z } from "zod";
import { GraphError, type GraphErrorKind } from "./errors";
import { type Call, header, type MalformedReplyError, type Reply } from "./exchange";
import { pathOf } from "./figures";

/** Page "Microsoft Graph error responses": code and message; some services write the message alone. */
const errorSchema = z.object({
  error: z.object({
    code: z.string().catch(""),
    message: z
      .string()
      .catch("")
      .transform((text) => text.slice(0, 500)),
    innerError: z.object({ "request-id": z.string().optional() }).optional().catch(undefined),
  }),
});

interface ServiceError {
  readonly code: string;
  readonly message: string;
  readonly innerId: string | undefined;
}

const noError: ServiceError = { code: "", message: "", innerId: undefined };

/** Names the permission that a path needs. */
export type PermissionOf = (path: string) => string | undefined;

/** What failures look at of a call. */
export type FailedCall = Pick<Call<unknown>, "method" | "url">;

export class Failures {
  constructor(private readonly permissionOf: PermissionOf) {}

  ofReply(call: FailedCall, reply: Reply): GraphError {
    const found = serviceError(reply.body);
    const kind = kindOf(reply.status, found, call.url);
    const path = pathOf(call.url);
    const permission =
      kind === "forbidden" ? (permissionIn(found.message) ?? this.permissionOf(path)) : undefined;
    const said = [String(reply.status), found.code].filter(Boolean).join(" ");
    const sentence = `Microsoft Graph answered ${said} to ${call.method} ${path}${found.message && `: ${found.message}`}`;
    return new GraphError(kind, withHint(sentence, kind, permission), {
      status: reply.status,
      code: found.code || undefined,
      requestId: requestIdOf(reply) ?? found.innerId,
      permission,
    });
  }

  malformed(
    call: FailedCall,
    error: MalformedReplyError,
    reply: Pick<Reply, "status" | "headers"> | undefined,
  ): GraphError {
    return new GraphError(
      "malformed",
      `Microsoft Graph's reply to ${call.method} ${pathOf(call.url)} can't be used: ${error.message}.`,
      { status: reply?.status, requestId: reply && requestIdOf(reply), cause: error },
    );
  }

  connection(call: FailedCall, error: unknown): GraphError {
    const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
    return new GraphError(
      "service",
      `The connection to Microsoft Graph failed at ${call.method} ${pathOf(call.url)}${code}. Check the network and the service's health.`,
      { cause: error },
    );
  }
}

/** The error that a body carries. */
export function serviceError(body: unknown): ServiceError {
  const parsed = errorSchema.safeParse(body);
  if (!parsed.success) return noError;
  const { code, message, innerError } = parsed.data.error;
  return { code, message, innerId: innerError?.["request-id"] };
}

const requestIdOf = (reply: Pick<Reply, "headers">): string | undefined =>
  header(reply.headers, "request-id");

const licenseCodes =
  /^(Authentication_RequestFromNonPremiumTenantOrB2CTenant|AadPremiumLicenseRequired|TenantNotLicensed)$/i;
const licenseWords = /\b(premium|not licensed|licen[cs]e)\b/i;
const expiredCodes =
  /^(Directory_ExpiredPageToken|SyncStateNotFound|SyncStateInvalid|resyncRequired|resyncApplyDifferences|resyncUploadDifferences)$/i;
const absentWords =
  /resource not found for the segment|not (supported|available) in (this|the) (cloud|environment|national)/i;

function kindOf(status: number, { code, message }: ServiceError, url: string): GraphErrorKind {
  if (status === 429) return "throttled";
  if (status === 401) return "sign-in";
  if (status === 403) {
    return licenseCodes.test(code) || licenseWords.test(message) ? "license" : "forbidden";
  }
  if (status === 410 || expiredCodes.test(code)) return "expired-link";
  if (status === 400 && /[?&](\$|%24)(skip|delta)token=/i.test(url) && /token/i.test(message))
    return "expired-link";
  if (status === 501 || absentWords.test(message)) return "not-offered";
  if (status === 404) return "not-found";
  return status >= 500 || status === 408 ? "service" : "refused";
}

/** A permission's name as services write it into messages. */
const permissionPattern =
  /\b[A-Z][A-Za-z]+(?:-[A-Z][A-Za-z]+)?\.(?:Read|ReadWrite|ReadBasic|Manage)(?:\.[A-Z][A-Za-z]+)*\b/;
const permissionIn = (message: string): string | undefined => permissionPattern.exec(message)?.[0];

function withHint(sentence: string, kind: GraphErrorKind, permission: string | undefined): string {
  const text = /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
  if (kind === "forbidden" && permission !== undefined)
    return `${text} The application lacks ${permission}; grant it and consent to it.`;
  if (kind === "sign-in")
    return `${text} The token was refused, also a new one: check that the application still exists in the tenant and has consent.`;
  return text;
}
