import type { Command } from "@commander-js/extra-typings";

/** The module of a command. */
export interface CommandModule {
  /** Adds the command, with its options, help and action, to the program. */
  register(program: Command): void;
}

/** One line of `--help`, and where the command is found. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  /** Loads the command's module: called only for the command that was asked for. */
  readonly load: () => Promise<CommandModule>;
}

/**
 * Every command, in the order of `--help`: the main job first, then what is asked daily, then the local tenant.
 * A dynamic import needs the file's extension as it is emitted: `() => import("./settings.js")`.
 */
export const commands: readonly CommandEntry[] = [
  {
    name: "up",
    summary: "deploy a stack; repairs what an interrupted run left behind first",
    load: () => import("./up.js"),
  },
  {
    name: "test-connection",
    summary: "sign in as each connector, compare its permissions, try each capability",
    load: () => import("./test-connection.js"),
  },
  {
    name: "collect",
    summary: "run streams of the collector now; status and purge of what was collected",
    load: () => import("./collect.js"),
  },
  {
    name: "report",
    summary: "one HTML page about what was collected: risks, sign-ins, changes, permissions, credentials",
    load: () => import("./report.js"),
  },
  {
    name: "mailbox-audit",
    summary: "check that mailbox auditing is on, and switch it on, with the set-up registration",
    load: () => import("./mailbox-audit.js"),
  },
  {
    name: "handover",
    summary: "what to type into the vendor's product, field by field",
    load: () => import("./handover.js"),
  },
  {
    name: "credentials",
    summary: "when each credential ends and is renewed, and what is to be done for it",
    load: () => import("./credentials.js"),
  },
  {
    name: "rotate",
    summary: "renew a connector's secret or certificate before its time: a leak, a leaver",
    load: () => import("./rotate.js"),
  },
  {
    name: "permissions",
    summary: "what the connectors of a stack ask for, and why",
    load: () => import("./permissions.js"),
  },
  {
    name: "policies",
    summary: "the rules that deployments are judged by, and their configuration",
    load: () => import("./policies.js"),
  },
  {
    name: "settings",
    summary: "every setting of a stack file and of every profile",
    load: () => import("./settings.js"),
  },
  {
    name: "shell-env",
    summary: "what to export so that plain pulumi works on the local tenant",
    load: () => import("./shell-env.js"),
  },
  {
    name: "tenant",
    summary: "start, stop and steer the local tenant",
    load: () => import("./tenant.js"),
  },
];
