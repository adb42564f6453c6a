import * as pulumi from "@pulumi/pulumi";
import { CollectorAlerts } from "../../components/collector/alerts";
import type { CollectorPlace } from "./place";

/** Declares the alerts: every stream that is collected, and every credential of the stack that ends. */
export function declareAlerts(
  { settings, declared, resourceGroupName, location, tags, options }: CollectorPlace,
  workspaceId: pulumi.Output<string>,
): void {
  const { emails, noSuccessHours, credentialDays } = settings.alerts;
  const collected = settings.apps.filter(({ mode }) => mode === "collect").flatMap(({ serves }) => serves);
  const ending = declared.map(({ entry, connector }) =>
    connector.credentials.apply((credentials) =>
      credentials.flatMap(({ current, displayName, endDate }) =>
        current && endDate !== undefined
          ? [{ connector: entry.connector.slug, credential: displayName, endDate }]
          : [],
      ),
    ),
  );
  new CollectorAlerts(
    "collector-alerts",
    {
      resourceGroupName,
      location,
      workspaceId,
      emails: [...emails],
      streams: collected.flatMap(({ slug, streams }) =>
        streams.map((stream) => ({ connector: slug, stream })),
      ),
      noSuccessHours,
      credentials: pulumi.all(ending).apply((lists) => lists.flat()),
      credentialDays,
      tags,
    },
    options,
  );
}
