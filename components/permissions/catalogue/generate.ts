/**
 * Writes the generated catalogue modules. Run it when Microsoft publishes new permissions:
 *
 *     npx tsx components/permissions/catalogue/generate.ts <graph roles> <other roles> <directory roles>
 *
 * - graph roles: the `appRoles` of the Microsoft Graph service principal of any tenant
 *   (`GET /servicePrincipals(appId='00000003-0000-0000-c000-000000000000')?$select=appRoles`), as a JSON array;
 * - other roles: `[ { resourceAppId, displayName, appRoles: [ { value, id } ] } ]` of the other APIs;
 * - directory roles: `GET /directoryRoleTemplates`, as a JSON array of { displayName, templateId, description }.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { effectOf } from "./effect";
import { otherApiTexts } from "./other-api-texts";

const appRole = z.object({
  value: z.string(),
  id: z.guid(),
  displayName: z.string().optional(),
  description: z.string().optional(),
  isEnabled: z.boolean().optional(),
});
type AppRole = z.infer<typeof appRole>;
const otherApi = z.object({ resourceAppId: z.string(), displayName: z.string(), appRoles: z.array(appRole) });
const directoryRole = z.object({ displayName: z.string(), templateId: z.guid(), description: z.string() });

const fileOfApi: Readonly<Record<string, readonly [file: string, constant: string]>> = {
  "00000002-0000-0ff1-ce00-000000000000": ["exchange-online", "exchangeOnlineRoles"],
  "00000007-0000-0ff1-ce00-000000000000": ["exchange-online-protection", "exchangeOnlineProtectionRoles"],
  "c5393580-f805-4401-95e8-94b7a6ef2fc2": ["office365-management", "office365ManagementRoles"],
  "00000003-0000-0ff1-ce00-000000000000": ["sharepoint-online", "sharePointOnlineRoles"],
};

const [graphPath, otherPath, directoryRolesPath] = process.argv.slice(2);
if (graphPath === undefined || otherPath === undefined || directoryRolesPath === undefined) {
  process.stderr.write(
    "Give three files: Graph roles, other APIs' roles, directory roles. See the head of this script.\n",
  );
  process.exit(1);
}

writeRoles("graph", "graphRoles", "Microsoft Graph", z.array(appRole).parse(readJson(graphPath)));
for (const api of z.array(otherApi).parse(readJson(otherPath))) {
  const place = fileOfApi[api.resourceAppId];
  if (place === undefined) throw new Error(`No file is named for the API ${api.resourceAppId}.`);
  writeRoles(
    place[0],
    place[1],
    api.displayName,
    api.appRoles.map((role) => withText(api.resourceAppId, role)),
  );
}
writeDirectoryRoles(z.array(directoryRole).parse(readJson(directoryRolesPath)));

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}

function withText(resourceAppId: string, role: AppRole): AppRole {
  const text = otherApiTexts[resourceAppId]?.[role.value];
  if (text === undefined) throw new Error(`No title is written for ${role.value} of ${resourceAppId}.`);
  return { ...role, displayName: text[0], description: text[1] };
}

function writeRoles(file: string, constant: string, title: string, roles: readonly AppRole[]): void {
  const rows = [...roles].sort(byText((role) => role.value)).map((role) => {
    const cells = [
      role.value,
      role.id,
      effectOf(role.value, role.description ?? ""),
      clean(role.displayName),
      clean(role.description),
    ];
    return JSON.stringify(role.isEnabled === false ? [...cells, "disabled"] : cells);
  });
  const source =
    "the published service principal of the API; texts by Microsoft for Graph, by us for the others";
  write(file, `Application permissions of ${title}: ${source}.`, "RoleRow", constant, rows);
}

function writeDirectoryRoles(roles: readonly z.infer<typeof directoryRole>[]): void {
  const rows = [...roles]
    .sort(byText((role) => role.displayName))
    .map((role) => JSON.stringify([role.displayName, role.templateId, clean(role.description)]));
  write(
    "directory-roles",
    "Built-in Microsoft Entra directory roles.",
    "DirectoryRoleRow",
    "directoryRoles",
    rows,
  );
}

function write(
  file: string,
  title: string,
  rowType: string,
  constant: string,
  rows: readonly string[],
): void {
  const home = rowType === "RoleRow" ? "./role" : "./directory-role";
  const text = [
    `/** ${title} Made by generate.ts: change that, not this. */`,
    `import type { ${rowType} } from "${home}";`,
    "",
    `export const ${constant} = [`,
    ...rows.map((row) => `  ${row.replaceAll('","', '", "')},`),
    `] as const satisfies readonly ${rowType}[];`,
    "",
  ].join("\n");
  writeFileSync(join(__dirname, `${file}.generated.ts`), text);
}

function clean(text: string | undefined): string {
  return (text ?? "").replace(/\s+/g, " ").trim();
}

function byText<T>(key: (item: T) => string): (a: T, b: T) => number {
  return (a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0);
}
