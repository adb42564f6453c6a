import { type Command, InvalidArgumentError } from "@commander-js/extra-typings";
import { z } from "zod";
import { printResult } from "../../lib/output";
import { callAdmin } from "./admin";
import { duration } from "./options";

const help = `
The tenant's clock decides what has expired there: tokens, secrets, certificates. Programs on this machine keep the
machine's clock. A moved clock stays moved over a restart.
`;

const clockSchema = z.object({ now: z.string(), offset: z.number() });

type ClockReading = z.output<typeof clockSchema>;

/** `clock advance`, `clock reset`. */
export function addClockCommands(tenant: Command): void {
  const clock = tenant
    .command("clock")
    .description("move the local tenant's clock")
    .addHelpText("after", help);
  clock
    .command("advance")
    .description("move it forward")
    .argument("<duration>", "such as 90s, 12h or 30d", positiveDuration)
    .option("--json", "print the clock as JSON")
    .action(async (milliseconds, { json }) => {
      const reading = await callAdmin("POST", "/clock/advance", { milliseconds });
      printResult(clockSchema.parse(reading), { json, text: clockText });
    });
  clock
    .command("reset")
    .description("back to the machine's time")
    .option("--json", "print the clock as JSON")
    .action(async ({ json }) => {
      printResult(clockSchema.parse(await callAdmin("POST", "/clock/reset")), { json, text: clockText });
    });
}

function positiveDuration(text: string): number {
  const milliseconds = duration(text);
  if (milliseconds === 0) throw new InvalidArgumentError("The duration must not be zero.");
  return milliseconds;
}

function clockText({ now }: ClockReading): string {
  return `It is ${now} in the local tenant.`;
}
