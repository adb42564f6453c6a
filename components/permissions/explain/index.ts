/** `permissions explain`: finds what a word stands for and says everything about it that the product knows. */
import { profileIds, profiles } from "../../profiles";
import { capabilities } from "../capabilities";
import { type ApiName, apis } from "../catalogue/apis";
import { directoryRoles } from "../catalogue/directory-roles.generated";
import { collectorRoles } from "../planning/collector-roles";
import { didYouMean } from "../suggestion";
import { type AzureRoleExplanation, explainAzureRole } from "./azure-role";
import { type CapabilityExplanation, explainCapability } from "./capability";
import { type DirectoryRoleExplanation, explainDirectoryRole } from "./directory-role";
import { explainPermission, type PermissionExplanation } from "./permission";
import { explainProfile, type ProfileExplanation } from "./profile";
import { explainSetting, type SettingExplanation, type SettingText } from "./setting";

export type Explanation =
  | PermissionExplanation
  | DirectoryRoleExplanation
  | AzureRoleExplanation
  | CapabilityExplanation
  | ProfileExplanation
  | SettingExplanation;

/** A word that is the name of nothing. */
export class UnknownSubjectError extends Error {
  override readonly name = "UnknownSubjectError";
}

/** What narrows a question, and the settings that there are. */
export interface Question {
  readonly api?: ApiName | undefined;
  readonly settings: readonly SettingText[];
}

/**
 * Everything that goes by that name, whatever the case: a permission may be published by several APIs.
 * @throws UnknownSubjectError with the name that was probably meant.
 */
export function explain(word: string, { api, settings }: Question): readonly Explanation[] {
  const wanted = word.trim().toLowerCase();
  const same = (name: string) => name.toLowerCase() === wanted;
  const found: Explanation[] = [
    ...profiles.filter(({ id, title }) => same(id) || same(title)).map(explainProfile),
    ...capabilities.filter(({ id }) => same(id)).map(explainCapability),
    ...permissionsNamed(same, api).map(([name, value]) => explainPermission(name, value)),
    ...directoryRoles.filter(([name]) => same(name)).map(([name]) => explainDirectoryRole(name)),
    ...explainAzureRole(word.trim()),
    ...settingsNamed(same, settings),
  ];
  if (found.length > 0) return found;
  throw new UnknownSubjectError(
    `"${word}" is no permission, directory role, Azure role of the collector, capability, profile or setting.${didYouMean(word, namesOf(settings))}`,
  );
}

function permissionsNamed(
  same: (name: string) => boolean,
  api: ApiName | undefined,
): readonly (readonly [ApiName, string])[] {
  return (Object.keys(apis) as ApiName[])
    .filter((name) => api === undefined || name === api)
    .flatMap((name) => {
      const row = apis[name].rows.find(([value, id]) => same(value) || same(id));
      return row === undefined ? [] : [[name, row[0]] as const];
    });
}

function settingsNamed(
  same: (name: string) => boolean,
  settings: readonly SettingText[],
): readonly SettingExplanation[] {
  const texts = settings.filter(({ name }) => same(name));
  const [first] = texts;
  return first === undefined ? [] : [explainSetting(first.name, texts)];
}

function namesOf(settings: readonly SettingText[]): readonly string[] {
  return [
    ...profileIds,
    ...capabilities.map(({ id }) => id),
    ...settings.map(({ name }) => name),
    ...directoryRoles.map(([name]) => name),
    ...Object.values(collectorRoles).map(({ name }) => name),
    ...(Object.keys(apis) as ApiName[]).flatMap((name) => apis[name].rows.map(([value]) => value)),
  ];
}
