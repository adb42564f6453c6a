import { z } from "zod";
import { waitUntil } from "../../http/poll";
import type { Limits } from "../../http/time";
import type { Directory } from "../directory";

const text = z.string().nullish();

const passwordCredential = z.object({
  keyId: z.string(),
  displayName: text,
  startDateTime: text,
  endDateTime: text,
});

/** Entries are written back as they were read, so what is not understood is kept. */
const keyCredential = z.looseObject({
  keyId: z.string(),
  type: text,
  startDateTime: text,
  endDateTime: text,
});

const credentialHolder = z.object({
  passwordCredentials: z.array(passwordCredential).nullish(),
  keyCredentials: z.array(keyCredential).nullish(),
});

/** The credentials of an application as Microsoft Graph returns them. */
export type CredentialHolder = z.infer<typeof credentialHolder>;

/** Parses a Graph answer. */
export function parseCredentialHolder(body: unknown): CredentialHolder {
  return credentialHolder.parse(body);
}

/** The application's credentials; an application that is gone is an error here, as in the official plugin. */
export async function readCredentials(
  directory: Directory,
  application: string,
  limits: Limits,
): Promise<CredentialHolder> {
  return parseCredentialHolder((await directory.v1.call("GET", `/applications/${application}`, limits)).body);
}

/** Whether two key ids are the same; Graph does not keep their case. */
export function sameKey(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

/** Waits until the application lists the key, or no longer does. */
export function waitForKey(
  directory: Directory,
  application: string,
  list: "passwordCredentials" | "keyCredentials",
  keyId: string,
  present: boolean,
  limits: Limits,
): Promise<void> {
  const reached = async () => {
    const holder = await readCredentials(directory, application, limits);
    return (holder[list] ?? []).some((entry) => sameKey(entry.keyId, keyId)) === present;
  };
  return waitUntil(`key ${keyId} to ${present ? "appear" : "go"}`, reached, limits);
}
