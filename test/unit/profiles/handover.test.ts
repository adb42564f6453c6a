import { describe, expect, test } from "vitest";
import { findProfile } from "../../../components/profiles";
import type { HandoverField } from "../../../components/profiles/profile";
import { connector } from "../permissions/connector";

/** Fields in a line each, as a person reads them. */
function lines(profile: string, changes: Parameters<typeof connector>[0] = {}): readonly string[] {
  return findProfile(profile)
    .handover(connector({ profile, ...changes }))
    .map(lineOf);
}

function lineOf(field: HandoverField): string {
  if (field.kind === "box") return `[${field.ticked ? "x" : " "}] ${field.label}`;
  return `${field.label}: ${field.kind === "value" ? `<${field.source}>` : field.value}`;
}

describe("hand-over, in the vendor's words and order", () => {
  test("ConductorOne", () => {
    expect(lines("conductorone")).toEqual([
      "Entra tenant ID: <tenantId>",
      "Entra client ID: <clientId>",
      "Entra client secret: <credential>",
      "[ ] Skip syncing Active Directory Server groups",
      "[ ] Fetch user sign-in activity",
      "[ ] Schedule SCIM provisioning",
      "[ ] Disable resource changed event feed",
    ]);
  });

  test("ConductorOne, with every box and another Graph domain", () => {
    const options = { skipAdServerGroups: true, signInActivity: true, scimProvisioning: true };
    expect(
      lines("conductorone", {
        options,
        cloud: "china21vianet",
        graphDomain: "microsoftgraph.chinacloudapi.cn",
      }).slice(3),
    ).toEqual([
      "[x] Skip syncing Active Directory Server groups",
      "Microsoft Graph domain: <graphDomain>",
      "[x] Fetch user sign-in activity",
      "[x] Schedule SCIM provisioning",
      "[x] Disable resource changed event feed",
    ]);
  });

  test("Identity Manager", () => {
    expect(lines("netwrix-identity-manager")).toEqual([
      "ApplicationId: <clientId>",
      "ApplicationKey (Client Secret): <credential>",
      "Directory (tenant) ID: <tenantId>",
    ]);
  });

  test("Threat Manager asks for the tenant's name", () => {
    expect(lines("netwrix-threat-manager")).toEqual([
      "Application ID (Client ID): <clientId>",
      "Secret Value: <credential>",
      "Tenant name: <tenantDomain>",
    ]);
  });

  test("1Secure for Entra ID", () => {
    const options = {
      excludedServiceAccountGroups: ["Service accounts"],
      logons: { failed: true, successful: false },
    };
    expect(lines("netwrix-1secure-entra-id", { sourceGroup: "Europe", crawl: false, options })).toEqual([
      "Source Group: Europe",
      "Tenant ID: <tenantId>",
      "[ ] Crawl Source",
      "Service Account Entra ID Groups: Service accounts",
      "Client ID: <clientId>",
      "Client Secret: <credential>",
      "Display Name: <connectorName>",
      "[x] Entra ID Activity",
      "[x] Entra ID Logons",
      "[x] Collect Failed Logons",
      "[ ] Collect Successful Logons",
      "[x] Entra ID State",
    ]);
  });

  test("1Secure for Exchange Online", () => {
    expect(
      lines("netwrix-1secure-exchange-online", { options: { nonOwnerMailboxAudit: true } }).slice(-2),
    ).toEqual(["[x] Exchange Online Activity", "[x] Collect non-owner mailbox audit data"]);
  });
});
