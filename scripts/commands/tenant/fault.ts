import type { Command } from "@commander-js/extra-typings";
import { z } from "zod";
import { UserError } from "../../lib/errors";
import { printResult, table } from "../../lib/output";
import { callAdmin } from "./admin";
import { duration, wholeNumber } from "./options";

const addHelp = `
Examples:
  tenant fault add --service graph --path '/users' --status 503 --times 2
  tenant fault add --service graph --status 429 --retry-after 10 --times 5
  tenant fault add --service login --delay 3s
  tenant fault add --service arm --method PUT --drop --times 1

Services: login, graph, arm, key-vault, msi, metadata, or * for all. Faults stay over a restart until they are used
up or cleared.
`;

const faultSchema = z.looseObject({
  id: z.string(),
  service: z.string(),
  method: z.string().optional(),
  path: z.string().optional(),
  status: z.number().optional(),
  retryAfter: z.string().optional(),
  remaining: z.number().optional(),
  drop: z.boolean().optional(),
  delay: z.number().optional(),
});

type ListedFault = z.output<typeof faultSchema>;

/** `fault add`, `fault list`, `fault clear`. */
export function addFaultCommands(tenant: Command): void {
  const fault = tenant.command("fault").description("make requests to the local tenant fail");
  fault
    .command("add")
    .description("switch a fault on for the requests that match")
    .requiredOption("--service <name>", "service whose requests fail")
    .option("--method <name>", "only this HTTP method")
    .option("--path <expression>", "only paths below the service that this regular expression matches")
    .option("--status <number>", "answer with this status", wholeNumber(400, 599))
    .option("--retry-after <seconds>", "Retry-After header of the answer")
    .option("--code <text>", "error code of the answer")
    .option("--message <text>", "error message of the answer")
    .option("--drop", "cut the connection without an answer")
    .option("--delay <duration>", "wait first, such as 500ms or 3s", duration)
    .option("--times <number>", "fail so many requests; absent: until cleared", wholeNumber(1, 1_000_000))
    .option("--json", "print the fault as JSON")
    .addHelpText("after", addHelp)
    .action(async ({ json, times, ...request }) => {
      if (request.status === undefined && request.drop === undefined && request.delay === undefined) {
        throw new UserError("A fault needs something to do.", { next: "Give --status, --drop or --delay." });
      }
      const made = faultSchema.parse(await callAdmin("POST", "/faults", { ...request, remaining: times }));
      printResult(made, { json, text: (added) => faultTable([added]) });
    });
  fault
    .command("list")
    .description("the faults that are switched on")
    .option("--json", "print them as JSON")
    .action(async ({ json }) => {
      const faults = z.array(faultSchema).parse(await callAdmin("GET", "/faults"));
      printResult(faults, {
        json,
        text: (all) => (all.length === 0 ? "No fault is switched on." : faultTable(all)),
      });
    });
  fault
    .command("clear")
    .description("switch one fault off, or all")
    .argument("[id]", "id of the fault; absent: all")
    .option("--json", "print how many there were as JSON")
    .action(async (id, { json }) => {
      const path = id === undefined ? "/faults" : `/faults/${encodeURIComponent(id)}`;
      const result = z.object({ cleared: z.number() }).parse(await callAdmin("DELETE", path));
      printResult(result, { json, text: ({ cleared }) => `${cleared} switched off.` });
    });
}

function faultTable(faults: readonly ListedFault[]): string {
  return table(
    ["Id", "Service", "Requests", "Does", "Left"],
    faults.map((fault) => [
      fault.id,
      fault.service,
      `${fault.method ?? "any method"} ${fault.path ?? "any path"}`,
      effectOf(fault),
      String(fault.remaining ?? "until cleared"),
    ]),
  );
}

function effectOf({ delay, drop, retryAfter, status }: ListedFault): string {
  return [
    ...(delay === undefined ? [] : [`waits ${delay} ms`]),
    ...(drop ? ["cuts the connection"] : []),
    ...(status === undefined ? [] : [`answers ${status}`]),
    ...(retryAfter === undefined ? [] : [`Retry-After ${retryAfter}`]),
  ].join(", ");
}
