/** Settings that several profiles share about events that our collector keeps. */
import { z } from "zod";
import { cloudByName } from "../clouds/resolve";
import { signInKinds } from "../collector/function/model/settings";
import type { ConnectorSettings } from "../permissions/settings";

/** Whether the cloud serves the directory's change log (Graph reference, national clouds of "List directoryAudits"). */
export function offersDirectoryAudits({ cloud }: Pick<ConnectorSettings<unknown>, "cloud">): boolean {
  return !cloudByName(cloud).notSupported.includes("GET /auditLogs/directoryAudits");
}

/** Who is labelled in the non-owner report. Names, because members of groups could not be read without a permission. */
export const serviceAccountNames = z
  .array(z.string().min(1))
  .default([])
  .describe(
    "Principal names of service accounts, * for any text (svc-*@contoso.com): labelled as such where they used a mailbox. The services' own accounts are known.",
  );

/** Which kinds of sign-ins are collected. */
export const kindsOfSignIns = z
  .array(z.enum(signInKinds))
  .min(1)
  .default(["interactive"])
  .describe(
    "Kinds of sign-ins. nonInteractive are an app's in a person's name, many times as many; all but interactive come from the beta endpoint.",
  );
