import { ActionGroup, ScheduledQueryRule } from "@pulumi/azure-native/monitor";
import * as pulumi from "@pulumi/pulumi";
import { expiringQuery, throttledQuery, withoutSuccessQuery } from "./alert-queries";

/** A stream that is expected to be complete again and again. */
export interface WatchedStreamArgs {
  /** Slug of the connector. */
  connector: string;
  stream: string;
}

/** A credential whose end is watched. */
export interface WatchedCredentialArgs {
  /** Slug of the connector. */
  connector: string;
  /** Name of the credential on the registration. */
  credential: string;
  /** ISO date-time. */
  endDate: string;
}

/** What the alerts of a collector are made from. */
export interface CollectorAlertsArgs {
  resourceGroupName: pulumi.Input<string>;
  /** Azure region of the workspace. */
  location: pulumi.Input<string>;
  /** Log workspace, Azure resource id. */
  workspaceId: pulumi.Input<string>;
  /** Who gets an e-mail. @default nobody: the portal shows alerts */
  emails?: string[];
  streams: WatchedStreamArgs[];
  /** A stream without a complete run for so long is an alert; 1 to 47 hours. @default 24 */
  noSuccessHours?: number;
  credentials: pulumi.Input<WatchedCredentialArgs[]>;
  /** A credential that ends so soon is an alert, days. @default 14 */
  credentialDays?: number;
  /** @default none */
  tags?: { [name: string]: string };
}

/** One question that is asked again and again; any row of the answer is an alert. */
interface AlertRule {
  readonly suffix: string;
  readonly displayName: string;
  readonly description: string;
  readonly severity: number;
  readonly query: pulumi.Input<string>;
  readonly dimensions: readonly string[];
  /** How far back the question looks. Default: an hour. */
  readonly timeRange?: string;
}

/** Alerts of a collector: a stream that does not get through, one that is throttled, a credential that ends soon. */
export class CollectorAlerts extends pulumi.ComponentResource {
  constructor(name: string, args: CollectorAlertsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("entra-connectors:index:CollectorAlerts", name, {}, opts);

    const actionGroupIds = declareActionGroup(name, args, this);
    for (const rule of rulesOf(args)) declareRule(name, rule, args, actionGroupIds, this);

    this.registerOutputs({});
  }
}

function rulesOf(args: CollectorAlertsArgs): readonly AlertRule[] {
  const hours = args.noSuccessHours ?? 24;
  const days = args.credentialDays ?? 14;
  return [
    {
      suffix: "no-success",
      displayName: "Collector: a stream has no complete run",
      description: `No complete run for ${hours} hours. Its status blob, and npm run -s cli -- collect status, say why.`,
      severity: 1,
      query: withoutSuccessQuery(args.streams, hours),
      dimensions: ["Connector", "Stream"],
      // The longest that a rule may look back; it covers every noSuccessHours.
      timeRange: "P2D",
    },
    {
      suffix: "throttled",
      displayName: "Collector: a stream was throttled",
      description: "Microsoft Graph throttled a run until its deadline; it resumes with the next one.",
      severity: 3,
      query: throttledQuery(),
      dimensions: ["Connector", "Stream"],
    },
    {
      suffix: "credential-expiring",
      displayName: "Collector: a credential ends soon",
      description: `A credential ends within ${days} days. Deploy the stack: the next slot is then made.`,
      severity: 1,
      query: pulumi.output(args.credentials).apply((credentials) => expiringQuery(credentials, days)),
      dimensions: ["Connector", "Credential"],
    },
  ];
}

function declareActionGroup(
  name: string,
  { emails = [], resourceGroupName, tags }: CollectorAlertsArgs,
  parent: pulumi.Resource,
): pulumi.Output<string>[] {
  if (emails.length === 0) return [];
  const group = new ActionGroup(
    `${name}-group`,
    {
      resourceGroupName,
      actionGroupName: name,
      location: "global",
      groupShortName: "collector",
      enabled: true,
      emailReceivers: emails.map((emailAddress, index) => ({
        name: `email-${index}`,
        emailAddress,
        useCommonAlertSchema: true,
      })),
      tags,
    },
    { parent },
  );
  return [group.id];
}

function declareRule(
  name: string,
  rule: AlertRule,
  { resourceGroupName, location, workspaceId, tags }: CollectorAlertsArgs,
  actionGroups: pulumi.Output<string>[],
  parent: pulumi.Resource,
): void {
  new ScheduledQueryRule(
    `${name}-${rule.suffix}`,
    {
      resourceGroupName,
      ruleName: `${name}-${rule.suffix}`,
      location,
      kind: "LogAlert",
      displayName: rule.displayName,
      description: rule.description,
      severity: rule.severity,
      enabled: true,
      autoMitigate: true,
      scopes: [workspaceId],
      evaluationFrequency: "PT1H",
      windowSize: "PT1H",
      ...(rule.timeRange === undefined ? {} : { overrideQueryTimeRange: rule.timeRange }),
      // The tables come with the first data.
      skipQueryValidation: true,
      criteria: {
        allOf: [
          {
            query: rule.query,
            timeAggregation: "Count",
            operator: "GreaterThan",
            threshold: 0,
            dimensions: rule.dimensions.map((dimension) => ({
              name: dimension,
              operator: "Include",
              values: ["*"],
            })),
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 },
          },
        ],
      },
      ...(actionGroups.length === 0 ? {} : { actions: { actionGroups } }),
      tags,
    },
    { parent },
  );
}
