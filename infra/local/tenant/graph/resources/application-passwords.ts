/** Client secrets (Microsoft pages "application: addPassword" and "application: removePassword"). */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { z } from "zod";
import type { PasswordCredential } from "../../directory/model";
import { badRequest } from "../errors";
import { readObject } from "../odata/body";
import { type GraphRequest, type GraphResponse, idAt, noContent, type Route } from "../request";
import { required } from "../sources";
import { instant } from "../time";
import { shownPassword } from "../types/application";

const wantedSchema = z.object({
  displayName: z.string().nullish(),
  startDateTime: z.string().nullish(),
  endDateTime: z.string().nullish(),
});

/** What a client may choose of a new secret. */
export type WantedPassword = z.infer<typeof wantedSchema>;

const twoYears = 2 * 365 * 24 * 60 * 60 * 1000;
const maximumCredentials = 1_200;

/** The hash under which a secret's text is kept. */
const hashSecret = (secret: string): string => createHash("sha256").update(secret).digest("hex");

/** Forty characters like Microsoft's: three, then `8Q~`, then the rest; never an escape or quote, never `-` first. */
function generateSecret(): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  const some = (count: number, alphabet: string): string =>
    [...randomBytes(count)].map((byte) => alphabet.charAt(byte % alphabet.length)).join("");
  return `${some(3, letters)}8Q~${some(34, `${letters}-_.~`)}`;
}

/** A new secret: what is stored, and what the client sees this once. Dates are echoed as they were sent. */
export function newPassword(wanted: WantedPassword, now: number) {
  const secretText = generateSecret();
  const startDateTime = wanted.startDateTime ?? instant(now);
  const endDateTime = wanted.endDateTime ?? instant(now + twoYears);
  if (Number.isNaN(Date.parse(startDateTime)) || Number.isNaN(Date.parse(endDateTime))) {
    throw badRequest("Invalid value specified for property 'endDateTime' of resource 'PasswordCredential'.");
  }
  if (Date.parse(endDateTime) <= Date.parse(startDateTime)) {
    throw badRequest("Credential lifetime is invalid: the end date must come after the start date.");
  }
  const credential: PasswordCredential = {
    keyId: randomUUID(),
    displayName: wanted.displayName ?? null,
    hint: secretText.slice(0, 3),
    startDateTime,
    endDateTime,
    secretHash: hashSecret(secretText),
    addedAt: now,
  };
  return { credential, shown: { ...shownPassword(credential), secretText } };
}

/** The passwords asked for inside the body of a new application. */
export function passwordRequests(value: unknown): readonly WantedPassword[] {
  const parsed = z.array(wantedSchema).safeParse(value ?? []);
  if (!parsed.success)
    throw badRequest("Invalid value specified for property 'passwordCredentials' of resource 'Application'.");
  return parsed.data;
}

function addPassword(request: GraphRequest): GraphResponse {
  const { directory, tenant } = request;
  const application = required(directory.applications, idAt(request));
  const parsed = wantedSchema.safeParse(readObject(request.body ?? {}).passwordCredential ?? {});
  if (!parsed.success)
    throw badRequest("Invalid value specified for property 'passwordCredential' of resource 'Application'.");
  if (application.passwordCredentials.length >= maximumCredentials) {
    throw badRequest("The number of credentials exceeds the maximum of the object.");
  }
  const { credential, shown } = newPassword(parsed.data, tenant.clock.now());
  directory.applications.put({
    ...application,
    passwordCredentials: [...application.passwordCredentials, credential],
  });
  return { status: 200, body: shown };
}

function removePassword(request: GraphRequest): GraphResponse {
  const { directory } = request;
  const application = required(directory.applications, idAt(request));
  const { keyId } = readObject(request.body);
  if (typeof keyId !== "string") throw badRequest("Property keyId in payload is required.");
  const rest = application.passwordCredentials.filter(
    (password) => password.keyId.toLowerCase() !== keyId.toLowerCase(),
  );
  if (rest.length === application.passwordCredentials.length) {
    throw badRequest(`No password credential found with keyId '${keyId}'.`);
  }
  directory.applications.put({ ...application, passwordCredentials: rest });
  return noContent;
}

export const applicationPasswordRoutes: readonly Route[] = [
  { method: "POST", path: "/applications/{id}/addPassword", handle: addPassword },
  { method: "POST", path: "/applications/{id}/removePassword", handle: removePassword },
];
