/** What a refusal of the Management Activity API means. Page "Office 365 Management Activity API reference", "Errors". */
import { z } from "zod";
import { GraphError, type GraphErrorKind } from "../graph/errors";
import { header, type ReplyHeaders } from "../graph/exchange";

const errorSchema = z.object({
  error: z.object({
    code: z.string().catch(""),
    message: z
      .string()
      .catch("")
      .transform((text) => text.slice(0, 500)),
  }),
});

export interface Refusal {
  /** For example `AF20024`. */
  readonly code: string;
  readonly message: string;
}

/** The subscription that is to be started is enabled: nothing is wrong. */
export const alreadyEnabled = "AF20024";
/** The window is wider than 24 hours, or begins more than seven days ago. */
export const windowRefused = "AF20030";

const byCode: Readonly<Record<string, GraphErrorKind | "subscription">> = {
  AF429: "throttled",
  AF10001: "forbidden",
  // The tenant has no Office 365, or its unified audit log is off.
  AF20011: "not-offered",
  AF20012: "not-offered",
  AF20022: "subscription",
  AF20023: "subscription",
  AF20031: "expired-link",
  AF20050: "not-found",
  AF20051: "not-found",
  AF50000: "service",
};

/** A refusal that was cut off on its way says nothing, and is worth asking for again. */
export const isCutOff = (text: string): boolean => text.startsWith("{") && jsonOf(text) === undefined;

export const refusalIn = (text: string): Refusal => {
  const parsed = errorSchema.safeParse(jsonOf(text));
  return parsed.success ? parsed.data.error : { code: "", message: "" };
};

/** Throttling comes as 403, a missing permission as 401: the code says what a status means, where there is one. */
export function kindOf(status: number, { code }: Refusal): GraphErrorKind | "subscription" {
  const known = byCode[code];
  if (known !== undefined) return known;
  if (status === 429) return "throttled";
  if (status === 401) return "sign-in";
  if (status === 403) return "forbidden";
  if (status === 404) return "not-found";
  return status >= 500 || status === 408 ? "service" : "refused";
}

const permission = "ActivityFeed.Read";
const hints: Partial<Readonly<Record<GraphErrorKind, string>>> = {
  forbidden: ` The application lacks ${permission} of the Office 365 Management APIs; grant it and consent to it.`,
  "not-offered": " The tenant has no Office 365 audit log, or it is switched off.",
};

export function errorOf(
  kind: GraphErrorKind,
  what: string,
  status: number,
  { code, message }: Refusal,
  headers: ReplyHeaders,
): GraphError {
  const said = [String(status), code].filter(Boolean).join(" ");
  const text = `The Office 365 Management Activity API answered ${said} to ${what}${message && `: ${message}`}`;
  const sentence = /[.!?]$/.test(text) ? text : `${text}.`;
  return new GraphError(kind, `${sentence}${hints[kind] ?? ""}`, {
    status,
    code: code || undefined,
    requestId: header(headers, "request-id") ?? header(headers, "x-ms-request-id"),
    permission: kind === "forbidden" ? permission : undefined,
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
