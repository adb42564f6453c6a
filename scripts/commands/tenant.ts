import type { Command } from "@commander-js/extra-typings";
import { addClockCommands } from "./tenant/clock";
import { addDirectoryCommands } from "./tenant/directory";
import { addEventCommands } from "./tenant/events";
import { addFaultCommands } from "./tenant/fault";
import { addLifeCommands } from "./tenant/life";

const examples = `
Examples:
  npm run -s cli -- tenant start                               start it, or find it running
  npm run -s cli -- tenant status                              where it is and what is in it
  npm run -s cli -- tenant fault add --service graph --status 429 --retry-after 5 --times 3
  npm run -s cli -- tenant clock advance 30d                   a month later: what has expired?
  npm run -s cli -- tenant reset                               begin anew; the deployer gets a new secret

The local tenant plays Microsoft Entra ID, Microsoft Graph, Azure Resource Manager, Key Vault, Storage and function apps
on this machine.
Its state, certificates and logs are in .local/tenant (ENTRA_CONNECTORS_LOCAL moves .local).
`;

/** `tenant …`: the local tenant, from start to reset. */
export function register(program: Command): void {
  const tenant = program
    .command("tenant")
    .description("start, stop and steer the local tenant")
    .addHelpText("after", examples);
  addLifeCommands(tenant);
  addDirectoryCommands(tenant);
  addEventCommands(tenant);
  addFaultCommands(tenant);
  addClockCommands(tenant);
}
