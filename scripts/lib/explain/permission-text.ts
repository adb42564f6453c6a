/** A permission or directory role in plain words. */
import type { AzureRoleExplanation } from "../../../components/permissions/explain/azure-role";
import type { DirectoryRoleExplanation } from "../../../components/permissions/explain/directory-role";
import type { PermissionExplanation } from "../../../components/permissions/explain/permission";
import type { Use } from "../../../components/permissions/explain/uses";
import type { Judgement } from "../../../components/permissions/tiers/tier";
import { paragraph, wrappedTable } from "../layout";
import { palette } from "../terminal";
import { callsText } from "./calls-text";
import { faultText, heading, listed, otherText, paintTier, tierMeaning, useText } from "./words";

export function permissionText(explained: PermissionExplanation): string {
  const { api, role, apiName, plainWords, judgement } = explained;
  const { dim } = palette();
  const state = role.enabled ? "" : " Microsoft publishes it switched off: it can't be granted.";
  return [
    heading(role.value),
    dim(paragraph(`application permission of ${apiName}, ${role.id}`)),
    "",
    paragraph(`${plainWords}${state}`),
    ...(api === "graph" ? [paragraph(`Microsoft: ${role.title}. ${role.description}`)] : []),
    tierText(judgement, role.effect === "write" ? "writes" : "reads only"),
    ...usedByText(explained.uses),
    ...allowsText(explained),
    ...narrowerText(explained),
    ...coveredText(explained),
    ...printedText(explained),
  ].join("\n");
}

export function directoryRoleText({ role, canDo, judgement, uses }: DirectoryRoleExplanation): string {
  const { dim } = palette();
  return [
    heading(role.displayName),
    dim(paragraph(`directory role, template ${role.templateId}`)),
    "",
    paragraph(`Its holder can ${canDo}.`),
    paragraph(`Microsoft: ${role.description}`),
    tierText(judgement),
    ...usedByText(uses),
  ].join("\n");
}

/** An Azure role is judged by what it reaches in the tenant. */
const azureReach = {
  T0: "a path to Global Administrator",
  T1: "whoever holds it can sign in as the connector",
  T2: "it reaches nothing beyond what the collector itself made and collected",
} as const;

export function azureRoleText({ role }: AzureRoleExplanation): string {
  const { dim } = palette();
  return [
    heading(role.name),
    dim(paragraph(`Azure role, ${role.id}`)),
    "",
    paragraph(`Its holder can ${role.canDo}.`),
    paragraph(
      `The stack's collector gives it to each function app on its own ${role.on}, to ${role.because}.`,
    ),
    paragraph(`Tier ${role.tier}: ${azureReach[role.tier]}.`).replace(role.tier, paintTier(role.tier)),
  ].join("\n");
}

function tierText({ tier, reason, reviewed }: Judgement, effect?: string): string {
  const how = reviewed ? "Judged by hand" : "Judged by the default rule, not by hand";
  // Of T2 the tier says already that it reads.
  const also = effect === undefined || tier === "T2" ? "" : `; this one ${effect}`;
  const text = paragraph(`Tier ${tier}: ${tierMeaning[tier]}${also}. ${how}: ${reason}`);
  return text.replace(tier, paintTier(tier));
}

function usedByText(uses: readonly Use[]): readonly string[] {
  const title = ["", heading("Who uses it")];
  if (uses.length === 0) return [...title, "  No profile asks for it."];
  const rows = uses.map((use) => [use.profile, useText(use), use.capability.title]);
  const columns = [{ title: "Profile" }, { title: "Setting", share: 2 }, { title: "For", share: 3 }];
  return [...title, wrappedTable(columns, rows, "  ")];
}

/** The calls of the tasks that ask for it; without any, those that it would allow. */
function allowsText({ allows }: PermissionExplanation): readonly string[] {
  const asked = allows.filter((one) => one.asked && one.calls.length > 0);
  if (asked.length === 0) return [];
  return [
    "",
    heading("What it is asked for, call by call"),
    ...asked.flatMap(({ capability, calls }) => [`  ${capability.title}`, ...callsText(calls, "    ")]),
  ];
}

function narrowerText({ narrower, readingOnly, uses }: PermissionExplanation): readonly string[] {
  if (narrower.length === 0 && readingOnly.length === 0) {
    const why = uses.length > 0 ? ": no other permission does what it is asked for with less" : "";
    return ["", `${heading("Narrower alternatives")}  none known${why}.`];
  }
  const tasks = narrower.map(({ task, by }) => [task, listed(by.map(otherText))]);
  const reading = readingOnly.length === 0 ? [] : [["Only to read", readingOnly.map(otherText).join(" or ")]];
  const columns = [
    { title: "To", share: 1 },
    { title: "this is enough", share: 1 },
  ];
  return ["", heading("Narrower alternatives"), wrappedTable(columns, [...tasks, ...reading], "  ")];
}

function coveredText({ coveredBy }: PermissionExplanation): readonly string[] {
  if (coveredBy.length === 0) return [];
  const rows = coveredBy.map(({ tasks, all, ...cover }) => [
    otherText(cover),
    all ? "everything it is asked for" : tasks.join("; "),
  ]);
  const columns = [{ title: "A connector that holds" }, { title: "does without it for", share: 1 }];
  return ["", heading("Covered by"), wrappedTable(columns, rows, "  ")];
}

function printedText({ printed }: PermissionExplanation): readonly string[] {
  if (printed.length === 0) return [];
  const rows = printed.map(({ profile, list, fault }) => [
    profile,
    list,
    fault === undefined ? "needed" : faultText(fault),
  ]);
  const columns = [{ title: "Profile" }, { title: "List" }, { title: "Our judgement", share: 1 }];
  return ["", heading("In vendors' printed lists"), wrappedTable(columns, rows, "  ")];
}
