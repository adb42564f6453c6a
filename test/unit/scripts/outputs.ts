import { conductorOne } from "../../../components/profiles/conductorone";
import { netwrixIdentityManager } from "../../../components/profiles/netwrix-identity-manager";
import type { ConnectorOutput, StackOutputs } from "../../../infra/outputs";

const tenantId = "6f2c1d5e-3a4b-4c8d-9e0f-1a2b3c4d5e6f";

/** A connector as a stack hands it on. */
export function connectorOutput(changes: Partial<ConnectorOutput> = {}): ConnectorOutput {
  return {
    profile: conductorOne.id,
    tenantId,
    cloud: "global",
    applicationObjectId: "1",
    clientId: "22222222-2222-4222-8222-222222222222",
    servicePrincipalId: "3",
    consent: {
      mode: "grant",
      adminConsentUrl: "https://login/adminconsent",
      portalUrl: "https://portal/permissions",
    },
    credentials: [current],
    manifest: {
      name: "ConductorOne",
      profile: conductorOne.id,
      tenantId,
      cloud: "global",
      access: "read-only",
      permissions: "minimal",
      consent: "grant",
      apis: [
        {
          resourceAppId: "00000003-0000-0000-c000-000000000000",
          displayName: "Microsoft Graph",
          roles: [
            { value: "AuditLog.Read.All", id: "a", tier: "T2", because: [] },
            { value: "User.Read.All", id: "u", tier: "T2", because: [] },
          ],
        },
      ],
      directoryRoles: [],
      covered: [],
      credentials: [],
      capabilities: ["users.read"],
      needsAcknowledgement: [],
    },
    settings: {
      access: "read-only",
      cloud: "global",
      crawl: true,
      options: conductorOne.options.parse({}) as never,
    },
    ...changes,
  };
}

const current = {
  kind: "clientSecret",
  slot: 0,
  current: true,
  displayName: "conductorone-slot-0-2",
  keyId: "k",
  startDate: "2026-09-01T00:00:00Z",
  endDate: "2027-02-28T00:00:00Z",
  vaultUri: "https://contoso.vault.azure.net/",
  secretName: "conductorone-client-secret",
  secretOutput: null,
} as const;

/** The slot before, still valid. */
export const previous = {
  ...current,
  slot: 1,
  current: false,
  displayName: "conductorone-slot-1-1",
  keyId: "j",
  endDate: "2026-12-15T00:00:00Z",
} as const;

export { current };

export function stackOutputs(): StackOutputs {
  const second = connectorOutput({ profile: netwrixIdentityManager.id });
  return {
    connectors: {
      ConductorOne: connectorOutput(),
      "Identity Manager Contoso": {
        ...second,
        manifest: { ...second.manifest, name: "Identity Manager Contoso" },
      },
    },
    secrets: {},
    vault: null,
    collector: null,
  };
}
