import type { ConnectorSettings } from "../../../components/permissions/settings";

/** A parsed entry with nothing special about it. */
export function connector(changes: Partial<ConnectorSettings> = {}): ConnectorSettings {
  return {
    name: "ConductorOne",
    slug: "conductorone",
    profile: "conductorone",
    tenantId: "6f2c1d5e-3a4b-4c8d-9e0f-1a2b3c4d5e6f",
    cloud: "global",
    crawl: true,
    access: "read-only",
    permissions: "minimal",
    consent: "grant",
    credentials: [
      { kind: "clientSecret", lifetimeDays: 180, overlapDays: 30, anchor: "2026-01-01T00:00:00.000Z" },
    ],
    owners: [],
    tags: [],
    options: {},
    ...changes,
  };
}
