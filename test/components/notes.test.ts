import { describe, expect, it } from "vitest";
import type { ConnectorManifest } from "../../components/permissions/manifest";
import type { ConnectorSettings } from "../../components/permissions/settings";
import { principalNotes, registrationNotes } from "../../infra/notes";

const connector = {
  name: "ConductorOne",
  profile: "conductorone",
  access: "read-write",
  permissions: "minimal",
  consent: "grant",
} as ConnectorSettings;

function holding(...directoryRoles: ConnectorManifest["directoryRoles"]): ConnectorManifest {
  return { name: "ConductorOne", directoryRoles } as ConnectorManifest;
}

const exchange = { templateId: "t", displayName: "Exchange Administrator", tier: "T1" } as const;

describe("the notes of a registration", () => {
  it("say who made it, what for and where to change it, then the entry's own words", () => {
    expect(registrationNotes("dev", { ...connector, notes: "Ask the identity team." })).toBe(
      [
        'Managed by entra-connectors, stack dev, entry "ConductorOne". Change it in the stack\'s settings, not here.',
        "Profile conductorone, access read-write, permissions minimal, consent grant.",
        "Ask the identity team.",
      ].join("\n"),
    );
  });

  it("stay within what Microsoft Graph keeps", () => {
    expect(registrationNotes("dev", { ...connector, notes: "x".repeat(1024) })).toHaveLength(1024);
  });
});

describe("the notes of an enterprise application", () => {
  it("give the acknowledged reason of each directory role first", () => {
    const because = ["Add and remove members (`exchangeGroups: true`)"];
    expect(
      principalNotes("dev", holding({ ...exchange, because, justification: "Approved in CHG-7." })),
    ).toBe(
      'Managed by entra-connectors, stack dev, entry "ConductorOne".\n' +
        "Exchange Administrator: Approved in CHG-7; Add and remove members (exchangeGroups: true).",
    );
  });

  it("name the manager alone where there is no directory role", () => {
    expect(principalNotes("dev", holding())).toBe(
      'Managed by entra-connectors, stack dev, entry "ConductorOne".',
    );
  });
});
