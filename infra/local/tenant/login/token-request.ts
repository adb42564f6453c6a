import { z } from "zod";
import { LoginError } from "./errors";

const text = z.string().optional();

const formSchema = z.object({
  grant_type: text,
  client_id: text,
  client_secret: text,
  client_assertion: text,
  client_assertion_type: text,
  scope: text,
  resource: text,
});

/** How a client proves who it is. */
type ClientProof =
  | { readonly kind: "secret"; readonly secret: string }
  | { readonly kind: "assertion"; readonly assertion: string };

/** A client credentials request that is complete; whether it is right is another question. */
export interface TokenRequest {
  readonly clientId: string;
  readonly proof: ClientProof;
  /** What the token is for: the resource of v1, or the scope of v2 without `/.default`. */
  readonly resource: string;
}

const jwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads the form of a token request of either version, with Basic authentication as an alternative for the client. */
export function parseTokenRequest(
  form: URLSearchParams,
  authorization: string | undefined,
  version: 1 | 2,
): TokenRequest {
  const fields = formSchema.parse({ ...basicCredentials(authorization), ...Object.fromEntries(form) });
  if (!fields.grant_type) throw missing("grant_type");
  if (fields.grant_type !== "client_credentials") {
    throw new LoginError(
      "unsupported_grant_type",
      70003,
      `The app requested an unsupported grant type '${fields.grant_type}'.`,
    );
  }
  if (!fields.client_id) throw missing("client_id");
  if (!guid.test(fields.client_id)) {
    throw new LoginError(
      "unauthorized_client",
      900023,
      `Specified application identifier '${fields.client_id}' is neither a valid application id nor known here.`,
    );
  }
  return {
    clientId: fields.client_id.toLowerCase(),
    proof: proofOf(fields),
    resource: version === 2 ? resourceOfScope(fields.scope) : (fields.resource ?? ""),
  };
}

function proofOf(fields: z.output<typeof formSchema>): ClientProof {
  if (fields.client_assertion) {
    if (fields.client_assertion_type !== jwtBearer) throw missing("client_assertion_type");
    return { kind: "assertion", assertion: fields.client_assertion };
  }
  if (fields.client_secret) return { kind: "secret", secret: fields.client_secret };
  throw new LoginError(
    "invalid_client",
    7000216,
    "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
  );
}

function resourceOfScope(scope: string | undefined): string {
  if (!scope) throw missing("scope");
  const match = /^(\S+)\/\.default$/.exec(scope.trim());
  if (match?.[1] === undefined) {
    throw new LoginError(
      "invalid_scope",
      1002012,
      `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with ` +
        "/.default suffixed to the resource identifier (application ID URI).",
    );
  }
  return match[1];
}

function basicCredentials(authorization: string | undefined): { client_id?: string; client_secret?: string } {
  const encoded = /^Basic +(\S+)$/i.exec(authorization ?? "")?.[1];
  if (encoded === undefined) return {};
  const [id = "", ...secret] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  return { client_id: formDecode(id), client_secret: formDecode(secret.join(":")) };
}

function formDecode(value: string): string {
  return new URLSearchParams(`v=${value}`).get("v") ?? "";
}

function missing(parameter: string): LoginError {
  return new LoginError(
    "invalid_request",
    900144,
    `The request body must contain the following parameter: '${parameter}'.`,
  );
}
