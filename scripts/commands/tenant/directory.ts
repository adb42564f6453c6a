import { Argument, type Command } from "@commander-js/extra-typings";
import { z } from "zod";
import { resetTenant } from "../../../infra/local/tenant/process";
import { printResult } from "../../lib/output";
import { withProgress } from "../../lib/progress";
import { callAdmin, onTenant } from "./admin";
import { wholeNumber } from "./options";

const seedHelp = `
The same size and seed make the same people and groups; another seed adds others. The deployer stays and gets a new
secret (npm run -s cli -- shell-env has it). Delta links that programs hold from before expire.
`;

const editions = ["Free", "P1", "P2"] as const;
const countsSchema = z.record(z.string(), z.number());

/** `seed`, `reset`. */
export function addDirectoryCommands(tenant: Command): void {
  tenant
    .command("seed")
    .description("fill the directory with synthetic people and groups")
    .option("--users <number>", "how many users", wholeNumber(0, 1_000_000), 300)
    .option("--groups <number>", "how many groups", wholeNumber(0, 500_000), 40)
    .option("--memberships <number>", "members of all groups together", wholeNumber(0, 10_000_000))
    .option("--largest-group <number>", "members of the largest group", wholeNumber(0, 1_000_000))
    .option("--seed <number>", "which people and groups", wholeNumber(0, 2 ** 31), 1)
    .option("--json", "print how many objects there are then as JSON")
    .addHelpText("after", seedHelp)
    .action(async ({ json, ...size }) => {
      const counts = await withProgress(`${size.users} users, ${size.groups} groups`, () =>
        callAdmin("POST", "/seed", size),
      );
      printResult(countsSchema.parse(counts), { json, text: countsText });
    });
  tenant
    .command("churn")
    .description("change people, groups and memberships as a working day does")
    .option("--changes <number>", "how many changes", wholeNumber(1, 1_000_000), 100)
    .option("--seed <number>", "which changes", wholeNumber(0, 2 ** 31), 1)
    .option("--json", "print how many changes of each kind were made as JSON")
    .addHelpText("after", "\nThe same seed makes the same changes to the same directory.\n")
    .action(async ({ json, ...size }) => {
      const counts = await callAdmin("POST", "/churn", size);
      printResult(countsSchema.parse(counts), { json, text: countsText });
    });
  tenant
    .command("edition")
    .description("which edition of Microsoft Entra ID the tenant's subscriptions hold")
    .addArgument(new Argument("<edition>", "without P1 or P2 Graph refuses some reads").choices(editions))
    .option("--json", "print it as JSON")
    .action(async (edition, { json }) => {
      await callAdmin("PUT", "/edition", { edition });
      printResult({ edition }, { json, text: () => `The local tenant has Microsoft Entra ID ${edition}.` });
    });
  tenant
    .command("reset")
    .description("forget everything: apps, vaults, people, moved clock, faults")
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      "\nStacks that were deployed into the tenant keep their Pulumi state: destroy them first.\n",
    )
    .action(async ({ json }) => {
      await onTenant(() => resetTenant());
      printResult({ reset: true }, { json, text: () => "The local tenant is as at its first start." });
    });
}

function countsText(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([kind, number]) => `${number} ${kind}`)
    .join(", ");
}
