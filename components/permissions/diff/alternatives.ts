/** How a connector could do with less: which setting drops a permission, and what the product then can't do. */
import { findCapability } from "../capabilities";
import type { ConnectorLock } from "../lock/schema";
import { readReason } from "../planning/because";
import { unique } from "../planning/requirement";
import type { Alternative } from "./model";

/** Settings that choose a narrower directory role for the same task. */
const narrowerDirectoryRoles: Readonly<Record<string, Alternative>> = {
  "Exchange Administrator": {
    setting: "`exchangeRole: recipient-administrator`",
    effect:
      "it brings Exchange Recipient Administrator instead, which leaves mail flow and the organization alone; it most likely cannot change groups that the app does not manage",
  },
};

/** What would drop an application permission or directory role of that name; empty where only leaving the product out would. */
export function alternativesTo(
  name: string,
  because: readonly string[],
  { permissions }: Pick<ConnectorLock, "permissions">,
): readonly Alternative[] {
  const narrower = narrowerDirectoryRoles[name];
  return [
    ...(narrower === undefined ? [] : [narrower]),
    ...(permissions === "documented"
      ? [
          {
            setting: "`permissions: minimal`",
            effect: "the product then gets only what its calls are known to need",
          },
        ]
      : withoutSettings(because)),
  ];
}

function withoutSettings(because: readonly string[]): readonly Alternative[] {
  const reasons = because.map(readReason);
  const own = reasons.filter(({ covers }) => covers === undefined);
  const settings = own.map(({ setting }) => (setting === undefined ? undefined : withoutSetting(setting)));
  if (settings.length === 0 || settings.includes(undefined)) return [];
  const lost = unique(own.map(({ title }) => lowerFirst(title)));
  const left = unique(reasons.flatMap(({ covers }) => covers ?? []));
  const rest = left.length === 0 ? "" : `; ${left.join(", ")} then suffices for the rest`;
  return [
    {
      setting: unique(settings.flatMap((setting) => setting ?? [])).join(" and "),
      effect: `the product then can't ${lost.join(", nor ")}${rest}`,
    },
  ];
}

/** The setting changed so that it no longer brings the permission; undefined for what belongs to the product itself. */
function withoutSetting(setting: string): string | undefined {
  const [, key, value] = /^([A-Za-z]+): (.+)$/.exec(setting) ?? [];
  if (key === undefined || value === undefined) return undefined;
  if (value === "true") return `\`${key}: false\``;
  if (key === "access") return value === "read-write" ? "`access: read-only`" : undefined;
  const title = key === "capabilities" ? findCapability(value)?.title : undefined;
  return `\`${key}\` without \`${value}\`${title === undefined ? "" : ` (${lowerFirst(title)})`}`;
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
