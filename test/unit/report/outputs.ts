/** Connectors of a stack with a credential in each state. */
import type { NamedConnector } from "../../../scripts/lib/connectors";
import { connectorOutput, current, previous } from "../scripts/outputs";
import { attack } from "./world";

const soon = { ...current, displayName: "collector-slot-1-3", endDate: "2026-12-01T00:00:00Z" };

export function outputsWith(hostile: boolean): readonly NamedConnector[] {
  const collector = connectorOutput({ profile: "collector", credentials: [soon] });
  const mighty = {
    resourceAppId: "00000003-0000-0000-c000-000000000000",
    displayName: "Microsoft Graph",
    roles: [
      { value: "RoleManagement.ReadWrite.Directory", id: "r", tier: "T0" as const, because: [] },
      { value: "User.ReadWrite.All", id: "w", tier: "T1" as const, because: [] },
    ],
  };
  return [
    {
      slug: "collector-contoso",
      connector: {
        ...collector,
        manifest: { ...collector.manifest, name: hostile ? attack : "Collector Contoso" },
      },
    },
    {
      slug: "conductorone",
      connector: connectorOutput({
        credentials: [current, previous],
        manifest: { ...connectorOutput().manifest, apis: [mighty] },
      }),
    },
  ];
}
