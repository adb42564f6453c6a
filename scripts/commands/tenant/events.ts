import type { Command } from "@commander-js/extra-typings";
import { z } from "zod";
import { printResult } from "../../lib/output";
import { callAdmin } from "./admin";
import { wholeNumber } from "./options";

const eventsHelp = `
Sign-ins and audits are in Microsoft Graph's logs, Exchange records in content of the Office 365 Management Activity API
(seven days at most). Nothing is stored but the numbers: a million costs no more than ten.

Examples:
  npm run -s cli -- tenant events --sign-ins 100000 --days 30
  npm run -s cli -- tenant events --exchange 5000 --blobs 50 --late      some are shown up to a day later
  npm run -s cli -- tenant events --audits 600 --days 1 --ahead 60       they happen within the next hour, too
`;

const most = 5_000_000;
const countsSchema = z.record(z.string(), z.number());

/** `events`. */
export function addEventCommands(tenant: Command): void {
  tenant
    .command("events")
    .description("add sign-ins, directory audits and Exchange records")
    .option("--sign-ins <number>", "how many sign-ins of all kinds", wholeNumber(0, most))
    .option("--audits <number>", "how many directory audits", wholeNumber(0, most))
    .option("--exchange <number>", "how many records of mailbox auditing", wholeNumber(0, most))
    .option("--blobs <number>", "content blobs that they come in; 100 in each", wholeNumber(1, 100_000))
    .option("--malformed <number>", "Exchange records that break the schema", wholeNumber(0, most))
    .option("--huge <number>", "Exchange records of 10 MB", wholeNumber(0, 100))
    .option("--days <number>", "over how many days until now", wholeNumber(1, 400), 25)
    .option("--ahead <minutes>", "and so many minutes of the future", wholeNumber(0, 100_000), 0)
    .option("--late", "show events minutes to a day after they happened")
    .option("--seed <number>", "which events", wholeNumber(0, 2 ** 31), 1)
    .option("--json", "print how many events there are then as JSON")
    .addHelpText("after", eventsHelp)
    .action(async ({ json, ahead, ...size }) => {
      const counts = await callAdmin("POST", "/logs", { ...size, aheadMinutes: ahead });
      printResult(countsSchema.parse(counts), { json, text: countsText });
    });
}

const countsText = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([feed, number]) => `${number} ${feed}`)
    .join(", ");
