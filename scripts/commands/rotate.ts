import { type Command, Option } from "@commander-js/extra-typings";
import { UserError } from "../lib/errors";
import { printResult } from "../lib/output";
import { type RotateOptions, rotate } from "../lib/rotate/run";
import { rotatingKinds } from "../lib/rotate/subject";
import { type Done, rotationText } from "../lib/rotate/text";
import { type UpResult, up, upText } from "../lib/up";

const help = `
Examples:
  npm run -s cli -- rotate conductorone --dry-run              what would happen to which value, and when
  npm run -s cli -- rotate conductorone --stack contoso        write it into Pulumi.contoso.yaml, for a pull request
  npm run -s cli -- rotate conductorone --compromised --up     a leak: end every value issued so far, now

A credential renews itself by the calendar (lifetime, overlap, anchor; see "Rotation" in the README). This is for the day on
which it must be renewed earlier. It changes the entry's anchor, so that the next deployment makes one new value, in the
other slot, and the one in use goes on beside it for the overlap. The stack file and, where it was up to date, the lock
file are all that it writes: review them, deploy them as ever, paste the new value into the product before the old one ends.

--compromised leaves no overlap: the deployment ends every value issued so far, and the product can't sign in until it has
the new one. It asks first. Tokens that were issued already work on until they expire, about an hour.

Exit codes: 0 done, or planned with --dry-run; 1 nothing to renew, no such connector, or nobody said yes.
`;

/** `rotate <connector>`: renews a credential before its time. */
export function register(program: Command): void {
  program
    .command("rotate")
    .description("renew a connector's secret or certificate before its time: a leak, a leaver")
    .argument("<connector>", "name or slug of the connector")
    .option("--stack <name>", "the stack", "dev")
    .option("--cwd <folder>", "the folder with Pulumi.yaml; default: this project")
    .addOption(new Option("--credential <kind>", "only this one of several").choices(rotatingKinds))
    .option("--compromised", "end the old value with the deployment instead of after the overlap")
    .option("--dry-run", "say what would happen and write nothing")
    .option("--up", 'deploy it at once; asks where "up" asks')
    .option("--yes", "don't ask, neither here nor at the deployment")
    .option("--json", "print the result as JSON")
    .addHelpText("after", help)
    .action(async (connector, options) => {
      if (options.dryRun && options.up) {
        throw new UserError("--dry-run and --up exclude each other.", { next: "Give one of them." });
      }
      const rotation = await rotate(connector, options);
      const deployment = options.up ? await deploy(options) : null;
      const done: Done = deployment ? "deployed" : options.dryRun ? "planned" : "written";
      const { plan, written, lockFile } = rotation;
      printResult(
        { ...plan, written, lockFile: lockFile ?? null, deployment },
        {
          json: options.json,
          text: () => {
            const said = rotationText(plan, done, lockFile);
            return deployment ? `${upText(deployment)}\n\n${said}` : said;
          },
        },
      );
    });
}

function deploy({ stack, cwd, yes }: RotateOptions): Promise<UpResult> {
  return up({ stack, cwd, yes, settle: 30_000 });
}
