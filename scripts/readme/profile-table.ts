/** The README's table of profiles, made from the profiles themselves. */

import { printedLists } from "../../components/permissions/explain/printed";
import { defaultSets, rolesOf } from "../../components/permissions/explain/profile";
import type { Tier } from "../../components/permissions/manifest";
import type { Access } from "../../components/permissions/settings";
import { tierOf, tierOfDirectoryRole } from "../../components/permissions/tiers/tier";
import { profiles } from "../../components/profiles";
import type { Profile } from "../../components/profiles/profile";

const head = ["Profile", "Access", "Asks for by default", "Vendor's printed list, every option on"] as const;

/** A row for each profile and access. */
export function profileTable(): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), `|${head.map(() => "---|").join("")}`, ...profiles.flatMap(rowsOf).map(line)].join(
    "\n",
  );
}

function rowsOf(profile: Profile): readonly (readonly string[])[] {
  const defaults = defaultSets(profile);
  return [...profile.access].sort().map((access) => {
    const manifest = defaults.find((one) => one.access === access)?.manifest;
    const asked =
      manifest === undefined
        ? "what its entry lists"
        : [
            ...rolesOf(manifest).map(({ value, tier }) => marked(value, tier)),
            ...manifest.directoryRoles.map(({ displayName, tier }) => marked(displayName, tier)),
          ].join(", ");
    return [`${profile.title}<br>\`${profile.id}\``, access, asked, printedText(profile, access)];
  });
}

/** What leads to Global Administrator stands out. */
function marked(name: string, tier: Tier): string {
  return tier === "T0" ? `**${name}**` : name;
}

function printedText(profile: Profile, access: Access): string {
  const lists = printedLists(profile).filter((list) => list.access === access);
  if (lists.length === 0) return "–";
  return lists
    .map(({ title, roles, directoryRoles }) => {
      const tiers = [
        ...roles.map(({ api, value }) => tierOf(api, value).tier),
        ...directoryRoles.map((name) => tierOfDirectoryRole(name).tier),
      ];
      const dangerous = tiers.filter((tier) => tier === "T0").length;
      const faulty = roles.filter(({ fault }) => fault !== undefined).length;
      return `${title}: ${tiers.length}, ${faulty} with a fault, ${dangerous} **T0**`;
    })
    .join("<br>");
}
