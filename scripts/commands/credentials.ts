import { join } from "node:path";
import type { Command } from "@commander-js/extra-typings";
import { credentialName } from "../lib/connection/sign-in";
import { type CalendarEntry, credentialCalendar } from "../lib/credential-calendar/calendar";
import { dateOf } from "../lib/handover/sheet";
import { wrappedTable } from "../lib/layout";
import { printResult } from "../lib/output";
import { findConnector } from "../lib/rotate/subject";
import { readOutputs } from "../lib/stack/outputs";
import { findStack } from "../lib/stack/project";
import { openStackFile } from "../lib/stack-settings";
import { palette } from "../lib/terminal";

const help = `
Examples:
  npm run -s cli -- credentials                          the dev stack
  npm run -s cli -- credentials --stack contoso --json   for a pipeline that reminds people

A credential renews itself at the first deployment on or after its day; until the old value ends, both sign in. To renew one
earlier: rotate. To see its place and the vendor's field: handover.

Exit codes: 0 nothing is due; 1 bad settings, or nothing deployed; 2 a deployment or a new vendor's certificate is due.
`;

/** `credentials [connector]`: the calendar of the stack's credentials. */
export function register(program: Command): void {
  program
    .command("credentials")
    .description("when each credential ends and is renewed, and what is to be done for it")
    .argument("[connector]", "name or slug of one connector; without it: all")
    .option("--stack <name>", "the stack", "dev")
    .option("--cwd <folder>", "the folder with Pulumi.yaml; default: this project")
    .option("--json", "print the calendar as JSON")
    .addHelpText("after", help)
    .action(async (wanted, { stack: name, cwd, json }) => {
      const stack = findStack(name, cwd);
      const path = join(stack.directory, `Pulumi.${stack.name}.yaml`);
      const file = openStackFile({ settings: path }, { unacknowledged: "warn" });
      const settings = file.parse(file.text);
      const connectors = wanted === undefined ? settings.connectors : [findConnector(settings, wanted)];
      const calendar = credentialCalendar({ ...settings, connectors }, await readOutputs(stack));
      printResult(calendar, { json, text: calendarText });
      if (calendar.some(({ todo }) => todo === "deploy" || todo === "replace")) process.exitCode = 2;
    });
}

function calendarText(calendar: readonly CalendarEntry[]): string {
  if (calendar.length === 0) return "Nothing has been deployed yet that has a credential.";
  const { yellow, red } = palette();
  const paint = (text: string) => {
    if (/is due|ended|ends in/.test(text)) return red(text);
    return text.startsWith("paste") ? yellow(text) : text;
  };
  const rows = calendar.map(({ name, kind, validUntil, renewedOn, oldValueUntil, remark }) => [
    name,
    credentialName(kind),
    validUntil === null ? "–" : dateOf(validUntil),
    renewedOn === null ? "–" : dateOf(renewedOn),
    oldValueUntil === null ? "–" : dateOf(oldValueUntil),
    remark,
  ]);
  return wrappedTable(
    [
      { title: "Connector" },
      { title: "Credential" },
      { title: "Valid until" },
      { title: "Renewed" },
      { title: "Old value until" },
      { title: "What to do", share: 1, paint },
    ],
    rows,
  );
}
