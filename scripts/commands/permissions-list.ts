import { type Command, Option } from "@commander-js/extra-typings";
import { type ApiName, apis } from "../../components/permissions/catalogue/apis";
import { type CatalogueEntry, listCatalogue } from "../../components/permissions/explain/catalogue";
import { profileIds } from "../../components/profiles";
import { apiChoices, apiNamed } from "../lib/explain/api-option";
import { paintTier } from "../lib/explain/words";
import { wrappedTable } from "../lib/layout";
import { count, printResult } from "../lib/output";
import { palette } from "../lib/terminal";

const help = `
Tiers: T0 a path to Global Administrator; T1 writes tenant-wide, or reads secrets, mail or files; T2 other reads.

Examples:
  npm run -s cli -- permissions list --tier T0
  npm run -s cli -- permissions list --used-by conductorone --writes
  npm run -s cli -- permissions list --api exchange --json
`;

/** `permissions list`: the application permissions that Microsoft publishes, with tier and who uses them. */
export function registerList(permissions: Command): void {
  permissions
    .command("list")
    .description("the permissions that exist, with tier, effect and who uses them")
    .addOption(new Option("--api <api>", "one API").choices(apiChoices))
    .addOption(new Option("--tier <tier>", "one tier").choices(["T0", "T1", "T2"] as const))
    .option("--writes", "only what can change something")
    .addOption(new Option("--used-by <profile>", "only what a profile can ask for").choices(profileIds))
    .option("--json", "print the list as JSON")
    .addHelpText("after", help)
    .action(({ api, tier, writes, usedBy, json }) => {
      const entries = listCatalogue({ api: apiNamed(api), tier, writes, usedBy });
      printResult(entries, { json, text: listText });
    });
}

function listText(entries: readonly CatalogueEntry[]): string {
  if (entries.length === 0) return "No permission is like that.";
  const columns = [
    { title: "Permission" },
    { title: "Tier", paint: paintTier },
    { title: "Effect" },
    { title: "What it allows", share: 5 },
    { title: "Used by", share: 2 },
  ];
  const parts = (Object.keys(apis) as ApiName[]).flatMap((api) => {
    const own = entries.filter((entry) => entry.api === api);
    const rows = own.map(({ value, tier, effect, title, usedBy }) => [
      value,
      tier,
      effect,
      title,
      usedBy.join(", "),
    ]);
    return own.length === 0 ? [] : [palette().bold(apis[api].displayName), wrappedTable(columns, rows), ""];
  });
  return [
    ...parts,
    `${count(entries.length, "permission")}. More about one: permissions explain <name>`,
  ].join("\n");
}
