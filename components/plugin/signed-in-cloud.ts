import type { Cloud } from "../clouds/cloud";
import { resolveCloud } from "../clouds/resolve";
import type { PlainProperties } from "./serve";
import { signIn, type TokenSource } from "./sign-in";

/** The cloud to deploy into, and the tokens of who deploys. */
export interface SignedInCloud {
  readonly cloud: Cloud;
  readonly tokens: TokenSource;
}

/**
 * Finds the cloud and the credential at the first call, by the provider's configuration (`cloud`) and the ARM_*
 * environment; a failure is not kept.
 */
export function signedInCloud(
  configuration: PlainProperties,
  environment: NodeJS.ProcessEnv = process.env,
): () => Promise<SignedInCloud> {
  let ready: Promise<SignedInCloud> | undefined;
  const prepare = async () => {
    const name = typeof configuration.cloud === "string" ? configuration.cloud : "global";
    const cloud = await resolveCloud({ name, metadataHost: environment.ARM_METADATA_HOSTNAME });
    return { cloud, tokens: await signIn(cloud, environment) };
  };
  return () => {
    ready ??= prepare();
    ready.catch(() => {
      ready = undefined;
    });
    return ready;
  };
}
