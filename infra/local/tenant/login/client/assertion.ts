import { decodeJwt, decodeProtectedHeader, type JWTPayload, type ProtectedHeaderParameters } from "jose";
import { z } from "zod";
import type { Application } from "../../directory/model";
import type { Directory } from "../../directory/open";
import { LoginError } from "../errors";
import type { IssuingTenant } from "../issuing-tenant";
import { checkCertificateAssertion } from "./certificate";
import { checkFederatedAssertion } from "./federated";

/** An assertion that was presented, and where. */
export interface PresentedAssertion {
  readonly tenant: IssuingTenant;
  readonly directory: Directory;
  readonly application: Application;
  readonly assertion: string;
  /** The login service's URL as the client sees it. */
  readonly root: string;
}

const payloadSchema = z.object({
  iss: z.string(),
  sub: z.string(),
  aud: z.string(),
  exp: z.number(),
  nbf: z.number().optional(),
  iat: z.number().optional(),
});

/** The claims of an assertion, read but not yet believed. */
export type AssertionClaims = z.output<typeof payloadSchema>;

/** Clocks may differ by this many seconds. */
const skew = 300;

/**
 * Accepts an assertion that the application signed with a registered certificate (issuer and subject are the
 * application) or that another authority signed for a federated identity credential.
 */
export async function checkAssertion(presented: PresentedAssertion): Promise<void> {
  const { header, claims } = decode(presented.assertion);
  const { appId } = presented.application;
  if (claims.iss.toLowerCase() === appId || claims.sub.toLowerCase() === appId) {
    await checkCertificateAssertion(presented, header, claims);
  } else {
    await checkFederatedAssertion(presented, claims);
  }
}

/** AADSTS700024 unless the tenant's clock is within the assertion's times. */
export function checkTimes(now: number, claims: AssertionClaims): void {
  const seconds = Math.floor(now / 1000);
  const from = claims.nbf ?? claims.iat ?? seconds;
  if (seconds < claims.exp + skew && seconds >= from - skew) return;
  throw new LoginError(
    "invalid_client",
    700024,
    `Client assertion is not within its valid time range. Current time: ${instant(seconds)}, assertion valid from ` +
      `${instant(from)}, expiry time of assertion ${instant(claims.exp)}. Review the documentation at ` +
      "https://learn.microsoft.com/entra/identity-platform/certificate-credentials .",
  );
}

function decode(assertion: string): { header: ProtectedHeaderParameters; claims: AssertionClaims } {
  try {
    const payload: JWTPayload = decodeJwt(assertion);
    return { header: decodeProtectedHeader(assertion), claims: payloadSchema.parse(payload) };
  } catch {
    throw new LoginError("invalid_request", 50027, "JWT token is invalid or malformed.");
  }
}

function instant(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString();
}
