import type { Capability } from "../capabilities/capability";
import { apis } from "../catalogue/apis";
import type { Judgement } from "../tiers/tier";
import { tierOf, tierOfDirectoryRole } from "../tiers/tier";
import { type CallText, callText } from "./call-text";
import { allUses, type Use } from "./uses";

/** A permission or directory role that a task needs, with why nothing less does. */
export interface NeededPermission {
  /** API, or `directory role`. */
  readonly from: string;
  readonly name: string;
  readonly tier: Judgement["tier"];
  readonly reason: string;
  /** Clouds where it is needed; absent: everywhere. */
  readonly clouds?: readonly string[];
}

export interface CapabilityExplanation {
  readonly kind: "capability";
  readonly capability: Capability;
  readonly needs: readonly NeededPermission[];
  readonly calls: readonly CallText[];
  readonly uses: readonly Use[];
}

/** One task of a connector: its calls, the least that they need, and the settings that choose it. */
export function explainCapability(capability: Capability): CapabilityExplanation {
  return {
    kind: "capability",
    capability,
    needs: needsOf(capability),
    calls: capability.calls.map((call) => ({ ...callText(call), together: [] })),
    uses: allUses().filter((use) => use.capability.id === capability.id),
  };
}

/** The least that a capability needs. */
export function needsOf({ roles, directoryRoles }: Capability): readonly NeededPermission[] {
  return [
    ...roles.map(({ api, value, reason, clouds }) => ({
      from: apis[api].displayName,
      name: value,
      tier: tierOf(api, value).tier,
      reason,
      ...(clouds === undefined ? {} : { clouds }),
    })),
    ...directoryRoles.map((name) => {
      const { tier, reason } = tierOfDirectoryRole(name);
      return { from: "directory role", name, tier, reason };
    }),
  ];
}
