/** Sign-ins. Microsoft page "signIn resource type". */
import { firstText, textAt } from "./clean-text";
import type { EventKind, EventRow } from "./digest";

const kinds: Readonly<Record<string, string>> = {
  interactive: "Interactive",
  nonInteractive: "Non-interactive",
  servicePrincipal: "Service principal",
  managedIdentity: "Managed identity",
};

export const logons: EventKind = {
  id: "logons-table",
  label: "Sign-ins",
  columns: ["Result", "Who", "Why it failed", "Application", "IP address", "Location", "Kind", "Risk"],
  series: ["Failed", "Successful"],
  tops: ["Failures by reason", "Failures by account", "Failures by IP address"],
  read,
};

function read(data: unknown): EventRow {
  const failed = textAt(data, "status", "errorCode") !== "0";
  const who = firstText(
    textAt(data, "userPrincipalName"),
    textAt(data, "userDisplayName"),
    textAt(data, "servicePrincipalName"),
    textAt(data, "servicePrincipalId"),
  );
  const kind = textAt(data, "kind");
  const reason = failed ? reasonOf(data) : "";
  const address = textAt(data, "ipAddress");
  const place = [textAt(data, "location", "city"), textAt(data, "location", "countryOrRegion")];
  const risk = textAt(data, "riskLevelDuringSignIn");
  const result = failed ? "Failed" : "Successful";
  return {
    cells: [
      result,
      who,
      reason,
      textAt(data, "appDisplayName"),
      address,
      place.filter((part) => part !== "").join(", "),
      kinds[kind] ?? kind,
      risk === "none" ? "" : risk,
    ],
    series: result,
    tops: failed ? [reason, who, address] : [],
  };
}

function reasonOf(data: unknown): string {
  const code = textAt(data, "status", "errorCode");
  const words = textAt(data, "status", "failureReason");
  return code === "" ? words : `${words} (${code})`.trim();
}
