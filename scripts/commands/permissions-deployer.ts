import type { Command } from "@commander-js/extra-typings";
import { type DeployerNeed, type DeployerNeeds, deployerNeeds } from "../../components/permissions/deployer";
import { paintTier } from "../lib/explain/words";
import { paragraph, wrappedTable } from "../lib/layout";
import { count, printResult } from "../lib/output";
import { readStackSettings } from "../lib/stack-settings";
import { palette } from "../lib/terminal";

const help = `
Worked out from the settings, without the cloud, the engine or a credential. A person who deploys needs a directory role
instead of the Graph permissions: Cloud Application Administrator, and Privileged Role Administrator where consent is
granted or a directory role is assigned.

Examples:
  npm run -s cli -- permissions deployer --stack dev
  npm run -s cli -- permissions deployer --settings Pulumi.contoso.yaml --json

Exit codes: 0 worked out, 1 bad settings or no such file.
`;

/** `permissions deployer`: what the identity that deploys must hold, and why. */
export function registerDeployer(permissions: Command): void {
  permissions
    .command("deployer")
    .description("the least that the deploying identity needs for a stack's settings")
    .option("--stack <name>", "the stack whose file Pulumi.<name>.yaml is read")
    .option("--settings <file>", "a Pulumi stack file")
    .option("--cwd <folder>", "the folder with Pulumi.yaml; default: this project")
    .option("--json", "print as JSON")
    .addHelpText("after", help)
    .action((options) => {
      const settings = readStackSettings(options, { unacknowledged: "warn" });
      printResult(deployerNeeds(settings), { json: options.json, text: needsText });
    });
}

function needsText({ stack, tenants, azure }: DeployerNeeds): string {
  const { bold } = palette();
  const all = [...tenants.flatMap(({ needs }) => needs), ...azure];
  const dangerous = all.filter(({ tier }) => tier === "T0");
  const verdict =
    dangerous.length === 0
      ? "None of them leads to Global Administrator."
      : `${[...new Set(dangerous.map(({ name }) => name))].join(" and ")}: a path to Global Administrator. Protect the deployer like one.`;
  return [
    paragraph(`Whoever deploys ${stack} needs ${count(all.length, "right")} and nothing else. ${verdict}`),
    ...tenants.flatMap(({ tenantId, cloud, needs }) => [
      "",
      bold(`Microsoft Graph application permissions in tenant ${tenantId} (${cloud})`),
      needsTable(needs),
    ]),
    "",
    bold("Azure roles"),
    ...(azure.length === 0 ? ["  None: these settings make nothing in Azure."] : azureText(azure)),
  ].join("\n");
}

function azureText(needs: readonly DeployerNeed[]): readonly string[] {
  const scopes = [...new Set(needs.map(({ scope }) => scope))];
  return scopes.flatMap((scope) => [
    paragraph(`on ${scope}`, "  "),
    needsTable(needs.filter((need) => need.scope === scope)),
  ]);
}

function needsTable(needs: readonly DeployerNeed[]): string {
  const columns = [
    { title: "Right" },
    { title: "Tier", paint: paintTier },
    { title: "To", share: 1 },
    { title: "Not needed with", share: 1 },
  ];
  const rows = needs.map(({ name, tier, because, droppedBy, narrower }) => [
    name,
    tier,
    because.join("; "),
    `${droppedBy ?? "always needed"}${narrower === undefined ? "" : ` (narrower: ${narrower})`}`,
  ]);
  return wrappedTable(columns, rows, "  ");
}
