/** Which tenant and which engine a command works with: the caller's environment, or the local cloud's. */
import { readFileSync } from "node:fs";
import { defaultTenant } from "../../../infra/local/tenant/core/settings";
import { useProxy } from "../proxy";
import { trustCertificates } from "../trust";
import { type StackReference, stackSetting } from "./project";

/** True when the stack's settings name the local tenant, so that the local cloud has to be started and used. */
export function isLocal(stack: StackReference): boolean {
  return stackSetting(stack, "entra-connectors:tenantId") === defaultTenant.tenantId;
}

/**
 * Prepares this process for the stack. A stack of the local tenant gets the local cloud's variables, whatever the caller has
 * set for a real one; another stack is used with the caller's environment as it is. Certificates that the variables name are
 * trusted from here on.
 */
export async function enterEnvironment(
  stack: StackReference,
  plugins: "local" | "official" = "local",
): Promise<void> {
  if (isLocal(stack)) {
    const { localEnvironment } = await import("../../../infra/local/environment.js");
    Object.assign(process.env, await localEnvironment());
    if (plugins === "official") allowOfficialPlugins();
  }
  await useProxy();
  const file = process.env.NODE_EXTRA_CA_CERTS;
  if (file) trustCertificates(readFileSync(file, "utf8"));
}

/** The engine then looks for plugins, and downloads them, where it always does instead of in the local cloud's own home. */
function allowOfficialPlugins(): void {
  delete process.env.PULUMI_HOME;
  delete process.env.PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION;
}
