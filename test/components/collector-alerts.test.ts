import { expect, it } from "vitest";
import { CollectorAlerts, type CollectorAlertsArgs } from "../../components/collector/alerts";
import { CollectorWorkspace } from "../../components/collector/workspace";
import { ofType, record } from "./recorder";

const args: CollectorAlertsArgs = {
  resourceGroupName: "rg",
  location: "westeurope",
  workspaceId: "/workspace",
  streams: [{ connector: "own", stream: "users" }],
  credentials: [
    { connector: "one-secure", credential: "one-secure-slot-0-3", endDate: "2027-01-31T00:00:00Z" },
  ],
};

async function rules(more: Partial<CollectorAlertsArgs> = {}) {
  const registrations = await record(() => new CollectorAlerts("collector-alerts", { ...args, ...more }));
  const declared = ofType(registrations, "azure-native:monitor:ScheduledQueryRule").map(
    ({ inputs }) =>
      inputs as { ruleName: string; actions?: object; criteria: { allOf: { query: string }[] } },
  );
  return { declared, groups: ofType(registrations, "azure-native:monitor:ActionGroup") };
}

it("asks each hour for streams without success, throttled ones and credentials that end, and takes any row for an alert", async () => {
  const { declared, groups } = await rules();
  expect(groups).toEqual([]);
  expect(declared.map(({ ruleName }) => ruleName)).toEqual([
    "collector-alerts-credential-expiring",
    "collector-alerts-no-success",
    "collector-alerts-throttled",
  ]);
  for (const rule of declared) {
    expect(rule).toMatchObject({
      kind: "LogAlert",
      enabled: true,
      autoMitigate: true,
      scopes: ["/workspace"],
      evaluationFrequency: "PT1H",
      criteria: { allOf: [{ timeAggregation: "Count", operator: "GreaterThan", threshold: 0 }] },
    });
    expect(rule).not.toHaveProperty("actions");
  }
});

it("sends e-mails where there are addresses", async () => {
  const { declared, groups } = await rules({ emails: ["ops@contoso.example"] });
  expect(groups.map(({ inputs }) => inputs)).toEqual([
    {
      resourceGroupName: "rg",
      actionGroupName: "collector-alerts",
      location: "global",
      groupShortName: "collector",
      enabled: true,
      emailReceivers: [{ name: "email-0", emailAddress: "ops@contoso.example", useCommonAlertSchema: true }],
    },
  ]);
  for (const { actions } of declared)
    expect(actions).toEqual({ actionGroups: ["collector-alerts-group-id"] });
});

it("names streams, hours, days and dates in the questions", async () => {
  const { declared } = await rules({ noSuccessHours: 6, credentialDays: 30 });
  const query = (suffix: string) =>
    declared.find(({ ruleName }) => ruleName.endsWith(suffix))?.criteria.allOf[0]?.query ?? "";
  expect(query("no-success")).toContain('["own", "users"]');
  expect(query("no-success")).toContain("ago(6h)");
  expect(query("credential-expiring")).toContain(
    '["one-secure", "one-secure-slot-0-3", datetime(2027-01-31T00:00:00.000Z)]',
  );
  expect(query("credential-expiring")).toContain("now() + 30d");
});

it("keeps logs in a workspace that takes identities alone", async () => {
  const registrations = await record(
    () =>
      new CollectorWorkspace("collector-logs", {
        resourceGroupName: "rg",
        location: "westeurope",
        retentionDays: 30,
      }),
  );
  expect(
    ofType(registrations, "azure-native:operationalinsights:Workspace").map(({ inputs }) => inputs),
  ).toEqual([
    {
      resourceGroupName: "rg",
      workspaceName: "collector-logs",
      location: "westeurope",
      sku: { name: "PerGB2018" },
      retentionInDays: 30,
      features: { disableLocalAuth: true, enableLogAccessUsingOnlyResourcePermissions: true },
    },
  ]);
});
