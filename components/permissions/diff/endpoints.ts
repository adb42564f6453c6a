import { findCapability } from "../capabilities";
import { pathText } from "../capabilities/call";
import type { Capability } from "../capabilities/capability";
import { apiOfDisplayName } from "../catalogue/find-api";
import type { AppRoleLine, ConnectorLock } from "../lock/schema";
import { readReason } from "../planning/because";
import type { EndpointUse } from "./model";

/** What a connector's permission is used for, call by call, by the capabilities that the lock names. */
export function endpointsOf(
  line: Pick<AppRoleLine, "api" | "role" | "because">,
  { capabilities, permissions }: Pick<ConnectorLock, "capabilities" | "permissions">,
): readonly EndpointUse[] {
  const titles = new Set(line.because.map((because) => readReason(because).title));
  return capabilities.flatMap((id) => {
    const capability = findCapability(id);
    if (capability === undefined) return [];
    const asked = permissions === "documented" || titles.has(capability.title);
    const use = asked ? useOf(capability, line) : undefined;
    return use === undefined ? [] : [use];
  });
}

function useOf(
  capability: Capability,
  { api, role }: Pick<AppRoleLine, "api" | "role">,
): EndpointUse | undefined {
  const name = apiOfDisplayName(api);
  const own = capability.roles.find((one) => one.api === name && one.value === role);
  const calls = capability.calls
    .filter((call) => call.api === name && call.accepts.some((set) => set.includes(role)))
    .map((call) => {
      const only = call.properties === undefined ? "" : ` (${call.properties.join(", ")})`;
      return `${call.method} ${pathText(call)}${only}`;
    });
  if (calls.length === 0 && own === undefined) return undefined;
  return { capability: capability.title, reason: own?.reason ?? "Allows these calls as well.", calls };
}
