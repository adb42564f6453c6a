/** Pieces of text that explanations share. */
import type { OtherPermission } from "../../../components/permissions/explain/permission";
import type { Use } from "../../../components/permissions/explain/uses";
import type { Tier } from "../../../components/permissions/manifest";
import type { DocumentedRole } from "../../../components/profiles/profile";
import { palette } from "../terminal";

/** What each tier means, in words. */
export const tierMeaning: Readonly<Record<Tier, string>> = {
  T0: "a path to Global Administrator",
  T1: "writes tenant-wide, or reads secrets, mail or files",
  T2: "reads, but no secrets, mail or files",
};

/** The tier in its colour. */
export function paintTier(text: string): string {
  const colours = palette();
  if (text.startsWith("T0")) return colours.red(text);
  return text.startsWith("T1") ? colours.yellow(text) : text;
}

/** A heading of its own line. */
export function heading(text: string): string {
  return palette().bold(text);
}

/** `provision: groups, with access: read-write (default)`. */
export function useText(use: Use): string {
  return useWith(use, use.access === "read-write" && use.setting !== "access" ? ["access: read-write"] : []);
}

/** The same where the access is said already. */
export function useWith({ because, setting, also, byDefault }: Use, access: readonly string[] = []): string {
  const own = setting === "profile" ? `always (${because})` : because;
  const further = [...also, ...access];
  const suffix = further.length === 0 ? "" : ` with ${further.join(", ")}`;
  return `${own}${suffix}${byDefault && setting !== "profile" && setting !== "access" ? " (default)" : ""}`;
}

type Fault = NonNullable<DocumentedRole["fault"]>;

const faultNames: Readonly<Record<Fault["kind"], string>> = {
  redundant: "redundant",
  "no-endpoint": "no endpoint",
  "wider-than-needed": "wider than needed",
  insufficient: "insufficient",
  "self-escalating": "self-escalating",
  "not-used": "not used",
};

/** What is wrong with an entry of a vendor's list: `redundant. Covered by …`. */
export function faultText({ kind, note }: Fault): string {
  return `${faultNames[kind]}. ${note}`;
}

/** `User.Read.All (T2)`. */
export function otherText({ value, tier }: OtherPermission): string {
  return `${value} (${tier})`;
}

/** `a, b and c`. */
export function listed(items: readonly string[]): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} and ${last}`;
}
