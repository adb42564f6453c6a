/** A profile: settings -> tasks -> permissions, and the vendor's printed list with what is wrong in it. */
import { needsOf } from "../../../components/permissions/explain/capability";
import {
  type DefaultSet,
  type PrintedComparison,
  type ProfileExplanation,
  rolesOf,
} from "../../../components/permissions/explain/profile";
import type { Use } from "../../../components/permissions/explain/uses";
import { tierOf, tierOfDirectoryRole } from "../../../components/permissions/tiers/tier";
import { paragraph, wrappedTable } from "../layout";
import { count } from "../output";
import { palette } from "../terminal";
import { faultText, heading, paintTier, useWith } from "./words";

export function profileText(explained: ProfileExplanation): string {
  const { profile } = explained;
  const { dim } = palette();
  return [
    heading(profile.title),
    dim(paragraph(`profile ${profile.id}, ${profile.access.join(" or ")}`)),
    dim(
      paragraph(
        `Guide: ${profile.vendor}, "${profile.guide.title}". Signs in by ${profile.credentialKinds.join(" or ")}.`,
      ),
    ),
    "",
    ...summary(explained),
    ...usesText(explained),
    ...harmlessText(explained),
    ...explained.defaults.flatMap(defaultText),
    ...explained.printed.flatMap(printedText),
    ...notCarriedText(explained),
  ].join("\n");
}

/** The answer in a sentence an access. */
function summary({ defaults, printed }: ProfileExplanation): readonly string[] {
  if (defaults.length === 0)
    return [paragraph("What it asks for is what its entry names: there is no default.")];
  return defaults.map(({ access, manifest }) => {
    const roles = [...rolesOf(manifest), ...manifest.directoryRoles];
    const dangerous = roles.filter(({ tier }) => tier === "T0").length;
    const lists = printed.filter(({ list }) => list.access === access);
    const vendor = lists.map(
      ({ list }) =>
        ` The vendor's list "${list.title}" has ${list.roles.length + list.directoryRoles.length} entries with every option on, ${faultsOf(list)} with a fault.`,
    );
    return paragraph(
      `${access}, nothing else set: ${count(roles.length, "permission")}, ${dangerous === 0 ? "none" : dangerous} of tier T0 (a path to Global Administrator).${vendor.join("")}`,
    );
  });
}

function faultsOf({ roles }: PrintedComparison["list"]): number {
  return roles.filter(({ fault }) => fault !== undefined).length;
}

function usesText({ uses, profile }: ProfileExplanation): readonly string[] {
  return [...profile.access].sort().flatMap((access) => {
    const own = uses.filter((use) => use.access === access);
    if (own.length === 0) return [];
    const more = access === "read-write" && profile.access.length > 1 ? " brings besides" : " brings";
    return ["", heading(`What each setting${more}, with access: ${access}`), usesTable(own)];
  });
}

function usesTable(uses: readonly Use[]): string {
  let before = "";
  const rows = uses.map((use) => {
    const setting = useWith(use);
    const needs = needsOf(use.capability).filter(({ clouds }) => clouds === undefined);
    const row = [
      setting === before ? "" : setting,
      use.capability.title,
      needs.map(({ name, tier }) => `${name} (${tier})`).join(", "),
    ];
    before = setting;
    return row;
  });
  const columns = [
    { title: "Setting", share: 4 },
    { title: "Task", share: 4 },
    { title: "Least that it needs", share: 5 },
  ];
  return wrappedTable(columns, rows, "  ");
}

function harmlessText({ harmless }: ProfileExplanation): readonly string[] {
  if (harmless.length === 0) return [];
  return ["", paragraph(`Bring no permission: ${harmless.map(({ setting }) => setting).join(", ")}.`, "  ")];
}

function defaultText({ access, manifest }: DefaultSet): readonly string[] {
  const roles = rolesOf(manifest);
  const rows = [
    ...roles.map(({ value, tier, because }) => [value, tier, because.join("; ")]),
    ...manifest.directoryRoles.map(({ displayName, tier, because }) => [
      `${displayName} (directory role)`,
      tier,
      because.join("; "),
    ]),
  ];
  const columns = [
    { title: "Permission" },
    { title: "Tier", paint: paintTier },
    { title: "Because", share: 1 },
  ];
  return [
    "",
    heading(
      paragraph(
        `What it asks for with access: ${access} and no other setting: ${count(rows.length, "permission")}`,
      ),
    ),
    wrappedTable(columns, rows, "  "),
    ...manifest.covered.map(({ value, by }) =>
      paragraph(
        `${value} is left out: ${by.join(" and ")} cover${by.length === 1 ? "s" : ""} its calls.`,
        "  ",
      ),
    ),
  ];
}

function printedText({ list, kept, instead }: PrintedComparison): readonly string[] {
  const rows = [
    ...list.roles.map(({ api, value, fault }) => [
      value,
      tierOf(api, value).tier,
      fault === undefined
        ? kept.includes(value)
          ? "needed"
          : "needed where a setting asks for it"
        : faultText(fault),
    ]),
    ...list.directoryRoles.map((name) => [
      `${name} (directory role)`,
      tierOfDirectoryRole(name).tier,
      "only where a setting asks for it",
    ]),
  ];
  const columns = [
    { title: "Permission" },
    { title: "Tier", paint: paintTier },
    { title: "Our judgement", share: 1 },
  ];
  return [
    "",
    heading(
      paragraph(
        `The vendor's printed list "${list.title}" (permissions: documented): ${rows.length} entries, ${faultsOf(list)} with a fault`,
      ),
    ),
    wrappedTable(columns, rows, "  "),
    ...(instead.length === 0
      ? []
      : [paragraph(`permissions: minimal asks instead for ${instead.join(", ")}.`, "  ")]),
  ];
}

function notCarriedText({ profile }: ProfileExplanation): readonly string[] {
  if (profile.notCarried.length === 0) return [];
  return [
    "",
    heading("Left out of the guide on purpose"),
    ...profile.notCarried.map((text) => paragraph(text, "  ")),
  ];
}
