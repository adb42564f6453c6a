import { type NeededPermission, needsOf } from "./capability";
import { allUses, type Use } from "./uses";

/** A setting as the settings reference describes it. */
export interface SettingText {
  readonly name: string;
  /** Heading of the reference that it stands under. */
  readonly section: string;
  readonly accepts: string;
  readonly default?: string;
  readonly description: string;
}

export interface SettingExplanation {
  readonly kind: "setting";
  readonly name: string;
  readonly texts: readonly SettingText[];
  readonly uses: readonly (Use & { readonly needs: readonly NeededPermission[] })[];
}

/** A setting of a stack file, whatever profiles have it, with the permissions that it brings. */
export function explainSetting(name: string, texts: readonly SettingText[]): SettingExplanation {
  return {
    kind: "setting",
    name,
    texts,
    uses: allUses()
      .filter((use) => use.setting === name || use.also.some((one) => one.startsWith(`${name}: `)))
      .map((use) => ({ ...use, needs: needsOf(use.capability) })),
  };
}
