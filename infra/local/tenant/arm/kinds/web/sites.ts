import { randomBytes } from "node:crypto";
import { ArmError } from "../../errors";
import type { Resource } from "../../model";
import { kind } from "../kind";
import { siteProperties } from "./site-body";
import { checkSite } from "./site-rules";
import { siteSchema } from "./site-schema";

/** Function apps. */
export const siteKind = kind({
  type: "Microsoft.Web/sites",
  properties: siteSchema,
  location: "region",
  created: 200,
  globalName: (name) => new ArmError(409, "Conflict", `Website with given name ${name} already exists.`),
  check: checkSite,
  complete: ({ current, declared }) => {
    return {
      generated: {
        verification: current?.generated.verification ?? randomBytes(32).toString("hex").toUpperCase(),
      },
      properties: withSettingsOf(current, declared.properties),
    };
  },
  stored: async ({ call, resource }) => {
    const name = resource.name.toLowerCase();
    await call.hosting.sites.open(name);
    call.hosting.sites.refresh(name);
  },
  show: (view) => ({ properties: siteProperties(view) }),
  removed: ({ hosting }, resource) => hosting.sites.close(resource.name.toLowerCase()),
});

/** Settings and configuration that a write leaves out stay as they are. */
function withSettingsOf(
  current: Resource | undefined,
  properties: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const before = current?.properties.siteConfig;
  return { ...properties, siteConfig: { ...asObject(before), ...asObject(properties.siteConfig) } };
}

function asObject(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}
