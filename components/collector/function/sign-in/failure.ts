/** Why nobody could sign in, in plain words (page "Microsoft Entra authentication and authorization error codes"). */
import { GraphError } from "../graph/errors";

/** Codes that a later attempt may not see again. */
const momentary = new Set(["90006", "90012", "90033", "50196"]);

interface Explanation {
  readonly wrong: string;
  readonly next: string;
}

const noFederation: Explanation = {
  wrong:
    "the application does not trust the function app's managed identity: its federated credential is missing or names another identity",
  next: "Run `up`, which writes the federated credential.",
};
const noPrincipal: Explanation = {
  wrong:
    "the application is not known in the tenant: it was deleted, or consent was never given or was taken back",
  next: "Run `up` and give admin consent by the link that it prints.",
};

const explanations: Readonly<Record<string, Explanation>> = {
  "70021": noFederation,
  "70025": noFederation,
  "700211": noFederation,
  "700212": noFederation,
  "700213": noFederation,
  "700016": noPrincipal,
  "7000229": noPrincipal,
  "700024": {
    wrong: "the assertion is outside its time of validity",
    next: "Set the clock of the machine that signs in.",
  },
  "700027": {
    wrong:
      "the application does not know the certificate that signed: it was removed, replaced or has expired",
    next: "Run `up`, which registers the vault's certificate.",
  },
  "7000112": {
    wrong: "the application is disabled in the tenant",
    next: "Enable it among the tenant's enterprise applications.",
  },
  "7000215": { wrong: "the client secret is not valid", next: "Run `up`, which makes a new one." },
  "7000222": { wrong: "the client secret has expired", next: "Run `up`, which rotates it." },
  "90002": {
    wrong: "there is no such tenant",
    next: "Check `tenantId` and `cloud` in the stack's settings.",
  },
  "500011": {
    wrong: "Microsoft Graph is not known in the tenant",
    next: "Check that `cloud` names the tenant's own cloud.",
  },
  "53003": {
    wrong: "a Conditional Access policy for workload identities blocks it",
    next: "Exclude the application from the policy, or allow the function app's addresses.",
  },
};

/** Kind `sign-in`, or `service` when another attempt may do. */
export function signInFailure(error: unknown): GraphError {
  if (error instanceof GraphError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const code = /AADSTS(\d+)/.exec(text)?.[1];
  const details = {
    code: code && `AADSTS${code}`,
    requestId: /Trace ID: ([0-9a-f-]{36})/i.exec(text)?.[1],
    cause: error,
  };
  const known = code === undefined ? undefined : explanations[code];
  if (known !== undefined)
    return new GraphError(
      "sign-in",
      `Nobody could sign in as the connector's application (AADSTS${code}): ${known.wrong}. ${known.next}`,
      details,
    );
  if (isMomentary(error, text, code))
    return new GraphError("service", `The sign-in service did not answer: ${firstLine(text)}`, details);
  return new GraphError(
    "sign-in",
    `Nobody could sign in as the connector's application: ${firstLine(text)}`,
    details,
  );
}

const network =
  /\b(ECONNRESET|ECONNREFUSED|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|UND_ERR_\w+|network_error|endpoints_resolution_error|socket hang up|fetch failed)\b/i;

function isMomentary(error: unknown, text: string, code: string | undefined): boolean {
  if (code !== undefined) return momentary.has(code);
  const status =
    typeof error === "object" && error !== null && "statusCode" in error
      ? Number(error.statusCode)
      : Number.NaN;
  return status === 429 || status >= 500 || network.test(text);
}

/** What services write after the first line is trace and correlation ids; those are kept apart. */
const firstLine = (text: string): string =>
  text
    .split(/\r?\n/)[0]
    ?.replace(/\s*Trace ID:.*$/i, "")
    .slice(0, 300) ?? "";
