import { PublishError } from "./errors";
import type { Deployment, ScmClient } from "./scm-client";

const FAILED = 3;
const SUCCEEDED = 4;

const FIRST_LOOK_MILLISECONDS = 200;
const LOOK_MILLISECONDS = 2000;
const FIRST_RETRY_MILLISECONDS = 1000;
const RETRY_MILLISECONDS = 10_000;

/** What the platform says while the identity's role on the storage account has not reached every copy yet. */
const STORAGE_NOT_YET = /InaccessibleStorage|AuthorizationPermissionMismatch/i;

/**
 * Hands the package over and waits until it runs. A role that was assigned a moment ago may take minutes to hold: a
 * deployment that failed for want of it is tried again until the operation's time is up. Throws `PublishError`.
 */
export async function publish(site: ScmClient, zip: Uint8Array): Promise<Deployment> {
  for (let wait = FIRST_RETRY_MILLISECONDS; ; wait = Math.min(2 * wait, RETRY_MILLISECONDS)) {
    const outcome = await deploy(site, zip);
    if (outcome.status === SUCCEEDED) return outcome;
    const reason = reasonOf(outcome);
    if (!STORAGE_NOT_YET.test(reason)) {
      throw new PublishError(
        `The deployment ${outcome.id} of the package failed: ${reason}. The app's Deployment Center shows its log; correct the cause, then run \`pulumi up\` again.`,
      );
    }
    await site.pause(wait, `the app's identity still has no access to its deployment container (${reason})`);
  }
}

/** One hand-over, followed until the site says how it ended. */
async function deploy(site: ScmClient, zip: Uint8Array): Promise<Deployment> {
  const before = await site.latest();
  const id = await accepted(site, zip);
  if (typeof id === "object") return id;
  for (let wait = FIRST_LOOK_MILLISECONDS; ; wait = Math.min(2 * wait, LOOK_MILLISECONDS)) {
    await site.pause(wait, `the deployment ${id ?? "of the package"} was not over`);
    const latest = await site.latest();
    // Right after the hand-over the site may still tell the deployment before this one.
    const ours = id === undefined ? latest?.id !== before?.id : latest?.id === id;
    if (latest !== undefined && ours && (latest.status === FAILED || latest.status === SUCCEEDED))
      return latest;
  }
}

/** The deployment's id where the site tells it; a refusal that a later try may mend comes as a failed deployment. */
async function accepted(site: ScmClient, zip: Uint8Array): Promise<string | undefined | Deployment> {
  try {
    return await site.publish(zip);
  } catch (cause) {
    if (!(cause instanceof PublishError) || !STORAGE_NOT_YET.test(cause.message)) throw cause;
    return { id: "", status: FAILED, status_text: cause.message };
  }
}

function reasonOf({ status_text: text, message }: Deployment): string {
  return (text || message || "no reason given").replace(/\.$/, "");
}
