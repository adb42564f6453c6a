import { type Command, Option } from "@commander-js/extra-typings";
import { cloudNames } from "../../components/clouds";
import { type AuditReport, auditRegistration } from "../../components/permissions/audit";
import { profileIds } from "../../components/profiles";
import { expectedManifest } from "../lib/audit/expected";
import { auditMarkdown } from "../lib/audit/markdown";
import { readRegistration } from "../lib/audit/read-registration";
import { auditText } from "../lib/audit/text";
import { cloudOf, operatorCredential } from "../lib/azure/credential";
import { graphClient } from "../lib/azure/graph";
import { UserError } from "../lib/errors";
import { printResult } from "../lib/output";
import { withProgress } from "../lib/progress";
import { useProxy } from "../lib/proxy";

const help = `
It reads and changes nothing, and needs no Pulumi. Sign in as for a deployment (az login, or ARM_* / AZURE_* variables); the
credential needs these Microsoft Graph permissions, or the directory role Global Reader for a person:
  Application.Read.All           registration, enterprise application, owners, credentials, permissions granted
  RoleManagement.Read.Directory  directory roles (left out of the report without it)
  Directory.Read.All             delegated permissions granted (left out of the report without it)

Examples:
  npm run -s cli -- permissions audit --client-id 11111111-1111-1111-1111-111111111111
  npm run -s cli -- permissions audit --client-id <id> --profile conductorone --access read-write --set provision=[accounts]
  npm run -s cli -- permissions audit --client-id <id> --tenant contoso.onmicrosoft.com --format markdown

Exit codes: 0 nothing to say, 2 findings, 1 failure or bad input.
`;

/** `permissions audit`: any registration of a tenant, made by whatever means, by itself or against a profile. */
export function registerAudit(permissions: Command): void {
  permissions
    .command("audit")
    .description("judge a registration that exists, made by whatever means")
    .requiredOption("--client-id <id>", "application (client) id of the registration")
    .addOption(new Option("--profile <profile>", "the product that uses it").choices(profileIds))
    .addOption(
      new Option("--access <access>", "what the product may do; with --profile").choices([
        "read-only",
        "read-write",
      ] as const),
    )
    .option("--set <name=value...>", "further settings of the profile, as in a stack file")
    .option("--tenant <tenant>", "GUID or domain of the tenant; default: ARM_TENANT_ID or AZURE_TENANT_ID")
    .addOption(new Option("--cloud <cloud>", "the national cloud").choices(cloudNames()).default("global"))
    .addOption(
      new Option("--format <format>", "how to print it")
        .choices(["terminal", "markdown", "json"] as const)
        .default("terminal" as const),
    )
    .option("--json", "the same as --format json")
    .addHelpText("after", help)
    .action(async ({ json = false, format, ...options }) => {
      const report = await audit(options);
      printResult(report, {
        json: json || format === "json",
        text: format === "markdown" ? auditMarkdown : auditText,
      });
      if (report.findings.length > 0) process.exitCode = 2;
    });
}

interface AuditOptions {
  readonly clientId: string;
  readonly profile?: string | undefined;
  readonly access?: string | undefined;
  readonly set?: readonly string[] | undefined;
  readonly tenant?: string | undefined;
  readonly cloud: string;
}

async function audit({
  profile,
  access,
  set = [],
  cloud: name,
  ...options
}: AuditOptions): Promise<AuditReport> {
  const clientId = guid(options.clientId);
  const tenantId = tenantOf(options.tenant);
  if (profile === undefined && (access !== undefined || set.length > 0)) {
    throw new UserError("--access and --set say how a profile is used, and none is named.", {
      next: `Add --profile with one of ${profileIds.join(", ")}.`,
    });
  }
  const expected =
    profile === undefined ? undefined : expectedManifest({ profile, access, set, tenantId, cloud: name });
  return withProgress("permissions audit", async (progress) => {
    progress("reading the registration");
    await useProxy();
    const cloud = await cloudOf(name);
    const client = graphClient(cloud, operatorCredential(tenantId, cloud));
    const registration = await readRegistration(client, { tenantId, clientId });
    return auditRegistration(registration, { expected, now: new Date() });
  });
}

function guid(text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text.toLowerCase();
  throw new UserError(`--client-id ${text} is not a GUID.`, {
    next: "Copy it from Entra admin center > App registrations > the application > Application (client) ID.",
  });
}

function tenantOf(named: string | undefined): string {
  const tenant = named ?? process.env.ARM_TENANT_ID ?? process.env.AZURE_TENANT_ID;
  if (tenant) return tenant;
  throw new UserError("No tenant is named.", {
    next: 'Give --tenant with its GUID or domain. For the local tenant: eval "$(npm run -s cli -- shell-env)"',
  });
}
