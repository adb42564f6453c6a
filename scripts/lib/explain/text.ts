/** Explanations for a person. */
import type { Explanation } from "../../../components/permissions/explain";
import type { CapabilityExplanation } from "../../../components/permissions/explain/capability";
import type { SettingExplanation } from "../../../components/permissions/explain/setting";
import { paragraph, wrappedTable } from "../layout";
import { palette } from "../terminal";
import { callsText } from "./calls-text";
import { azureRoleText, directoryRoleText, permissionText } from "./permission-text";
import { profileText } from "./profile-text";
import { heading, paintTier, useText } from "./words";

/** One explanation after the other. */
export function explanationsText(explanations: readonly Explanation[]): string {
  return explanations.map(explanationText).join(`\n\n${palette().dim("―".repeat(20))}\n\n`);
}

function explanationText(explained: Explanation): string {
  switch (explained.kind) {
    case "permission":
      return permissionText(explained);
    case "directoryRole":
      return directoryRoleText(explained);
    case "azureRole":
      return azureRoleText(explained);
    case "capability":
      return capabilityText(explained);
    case "profile":
      return profileText(explained);
    case "setting":
      return settingText(explained);
  }
}

function capabilityText({ capability, needs, calls, uses }: CapabilityExplanation): string {
  const { dim } = palette();
  const needed = needs.map(({ name, from, tier, reason, clouds }) => [
    name,
    from,
    tier,
    clouds === undefined ? reason : `${reason} (${clouds.join(", ")} only)`,
  ]);
  const used = uses.map((use) => [use.profile, useText(use)]);
  return [
    heading(capability.title),
    dim(paragraph(`capability ${capability.id}, ${capability.effect}s`)),
    "",
    heading("The least that it needs"),
    wrappedTable(
      [
        { title: "Permission" },
        { title: "Of" },
        { title: "Tier", paint: paintTier },
        { title: "Why this one", share: 1 },
      ],
      needed,
      "  ",
    ),
    ...(calls.length === 0 ? [] : ["", heading("Calls"), ...callsText(calls, "  ")]),
    "",
    heading("Who uses it"),
    used.length === 0
      ? "  No profile but custom, which can choose any."
      : wrappedTable([{ title: "Profile" }, { title: "Setting", share: 1 }], used, "  "),
  ].join("\n");
}

function settingText({ name, texts, uses }: SettingExplanation): string {
  const { dim } = palette();
  const rows = uses.map((use) => [
    use.profile,
    useText(use),
    use.capability.title,
    use.needs
      .filter(({ clouds }) => clouds === undefined)
      .map(({ name: needed, tier }) => `${needed} (${tier})`)
      .join(", "),
  ]);
  const columns = [
    { title: "Profile" },
    { title: "Setting", share: 2 },
    { title: "Task", share: 3 },
    { title: "Least that it needs", share: 4 },
  ];
  return [
    heading(name),
    dim(paragraph("setting")),
    ...texts.flatMap((text) => [
      "",
      paragraph(text.section),
      paragraph(text.description, "  "),
      dim(paragraph(`${text.accepts}${text.default === undefined ? "" : `; default ${text.default}`}`, "  ")),
    ]),
    "",
    heading("What it brings"),
    rows.length === 0 ? "  No permission." : wrappedTable(columns, rows, "  "),
  ].join("\n");
}
