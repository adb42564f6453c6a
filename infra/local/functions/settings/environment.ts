import { join } from "node:path";
import type { FunctionAppSpec } from "../app";

/**
 * The environment of a worker process: the app's settings and what App Service adds. Of this process's own environment
 * nothing is handed on.
 */
export function workerEnvironment(
  spec: FunctionAppSpec,
  settings: Readonly<Record<string, string>>,
  root: string,
  instanceId: string,
): Record<string, string> {
  return {
    PATH: "/usr/local/bin:/usr/bin:/bin",
    LANG: "C.UTF-8",
    TZ: "UTC",
    HOME: join(spec.folder, "home"),
    TMPDIR: join(spec.folder, "tmp"),
    ...settings,
    FUNCTIONS_EXTENSION_VERSION: "~4",
    FUNCTIONS_WORKER_RUNTIME: "node",
    AzureWebJobsScriptRoot: root,
    WEBSITE_SITE_NAME: spec.name,
    WEBSITE_SKU: "FlexConsumption",
    WEBSITE_INSTANCE_ID: instanceId,
    IDENTITY_ENDPOINT: spec.identity.endpoint,
    IDENTITY_HEADER: spec.identity.header,
    NODE_EXTRA_CA_CERTS: spec.caFile,
  };
}

/** Replaces `%NAME%` by the setting of that name; undefined when there is none. */
export function expandSettings(text: string, settings: Readonly<Record<string, string>>): string | undefined {
  let missing = false;
  const expanded = text.replace(/%([^%]+)%/g, (_, name: string) => {
    const value = settings[name];
    if (value === undefined) missing = true;
    return value ?? "";
  });
  return missing ? undefined : expanded;
}
