import { type Command, Option } from "@commander-js/extra-typings";
import { z } from "zod";
import { spoiledReplies } from "../../../infra/local/tenant/core/faults";
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
  tenant fault add --service graph --path '/users$' --reply truncated --skip 2 --times 1
  tenant fault add --service graph-batch-item --path members --status 429 --retry-after 2 --times 5
  tenant fault add --service graph --query skiptoken --status 400 --code Directory_ExpiredPageToken --times 1
  tenant fault add --service graph --query deltatoken --status 410 --code SyncStateNotFound --times 1
  tenant fault add --service graph --status 401 --code InvalidAuthenticationToken --times 1

Services: login, graph, graph-batch-item (the steps of a $batch, one by one), arm, key-vault, storage, msi, metadata,
or * for all. Faults stay over a restart until they are used up or cleared.
`;

const faultSchema = z.looseObject({
  id: z.string(),
  service: z.string(),
  method: z.string().optional(),
  path: z.string().optional(),
  status: z.number().optional(),
  retryAfter: z.string().optional(),
  retryAfterDate: z.number().optional(),
  query: z.string().optional(),
  skip: z.number().optional(),
  reply: z.string().optional(),
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
    .option("--query <expression>", "only queries that this regular expression matches, such as skiptoken")
    .option("--skip <number>", "let so many of them pass first", wholeNumber(0, 1_000_000))
    .option("--status <number>", "answer with this status", wholeNumber(400, 599))
    .option("--retry-after <seconds>", "Retry-After header of the answer")
    .option("--retry-after-date <seconds>", "Retry-After as a date so far ahead", wholeNumber(0, 86_400))
    .addOption(
      new Option("--reply <way>", "spoil the reply that would have been given").choices(spoiledReplies),
    )
    .option("--code <text>", "error code of the answer")
    .option("--message <text>", "error message of the answer")
    .option("--drop", "cut the connection without an answer")
    .option("--delay <duration>", "wait first, such as 500ms or 3s", duration)
    .option("--times <number>", "fail so many requests; absent: until cleared", wholeNumber(1, 1_000_000))
    .option("--json", "print the fault as JSON")
    .addHelpText("after", addHelp)
    .action(async ({ json, times, ...request }) => {
      const { status, drop, delay, reply } = request;
      if (status === undefined && drop === undefined && delay === undefined && reply === undefined) {
        throw new UserError("A fault needs something to do.", {
          next: "Give --status, --drop, --delay or --reply.",
        });
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
      if (id !== undefined && result.cleared === 0) {
        throw new UserError(`There is no fault ${id}.`, {
          next: "Those that are switched on: npm run -s cli -- tenant fault list",
        });
      }
      printResult(result, { json, text: ({ cleared }) => `${cleared} switched off.` });
    });
}

function faultTable(faults: readonly ListedFault[]): string {
  return table(
    ["Id", "Service", "Requests", "Does", "Left"],
    faults.map((fault) => [
      fault.id,
      fault.service,
      requestsOf(fault),
      effectOf(fault),
      String(fault.remaining ?? "until cleared"),
    ]),
  );
}

function requestsOf({ method, path, query, skip }: ListedFault): string {
  const which = `${method ?? "any method"} ${path ?? "any path"}${query === undefined ? "" : ` ?${query}`}`;
  return skip === undefined || skip === 0 ? which : `${which}, after ${skip} more`;
}

function effectOf({ delay, drop, reply, retryAfter, retryAfterDate, status }: ListedFault): string {
  return [
    ...(delay === undefined ? [] : [`waits ${delay} ms`]),
    ...(drop ? ["cuts the connection"] : []),
    ...(status === undefined ? [] : [`answers ${status}`]),
    ...(reply === undefined ? [] : [`replies with ${reply}`]),
    ...(retryAfter === undefined ? [] : [`Retry-After ${retryAfter}`]),
    ...(retryAfterDate === undefined ? [] : [`Retry-After a date in ${retryAfterDate} s`]),
  ].join(", ");
}
