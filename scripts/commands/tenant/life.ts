import type { Command } from "@commander-js/extra-typings";
import {
  type StartedTenant,
  startTenant,
  stopTenant,
  type TenantStatus,
  tenantStatus,
} from "../../../infra/local/tenant/process";
import { formatDuration } from "../../lib/duration";
import { printResult, table } from "../../lib/output";
import { withProgress } from "../../lib/progress";
import { onTenant } from "./admin";
import { duration, wholeNumber } from "./options";

const startHelp =
  "\nThrottling and latency of a tenant that already runs are changed; they stay over a restart.\n";
const statusHelp = "\nExit codes: 0 it runs, 1 it runs but does not answer, 3 it does not run.\n";
const notRunning = 3;

/** `start`, `stop`, `status`. */
export function addLifeCommands(tenant: Command): void {
  tenant
    .command("start")
    .description("start the local tenant, or find it running")
    .option("--port <number>", "port to listen on, 0 for any free one (default 8443)", wholeNumber(0, 65_535))
    .option("--throttling", "Microsoft's request budgets hold (the default)")
    .option("--no-throttling", "no request is ever throttled")
    .option("--latency <duration>", "every reply takes so much longer, such as 50ms", duration)
    .option("--json", "print how to reach it as JSON")
    .addHelpText("after", startHelp)
    .action(async ({ json, port, throttling, latency }) => {
      const started = await withProgress("local tenant", (progress) =>
        onTenant(() => startTenant({ port, throttling, latency, onProgress: progress })),
      );
      printResult(started, { json, text: startedText });
    });
  tenant
    .command("stop")
    .description("stop the local tenant; its state stays")
    .option("--json", "print the result as JSON")
    .action(async ({ json }) => {
      const stopped = await onTenant(() => stopTenant());
      const text = stopped
        ? "The local tenant is stopped. Its state stays."
        : "The local tenant was not running.";
      printResult({ stopped }, { json, text: () => text });
    });
  tenant
    .command("status")
    .description("where the local tenant is and what is in it")
    .option("--json", "print the status as JSON")
    .addHelpText("after", statusHelp)
    .action(async ({ json }) => {
      const status = await onTenant(() => tenantStatus());
      if (status === undefined) process.exitCode = notRunning;
      printResult(status ?? { running: false }, { json, text: () => statusText(status) });
    });
}

function startedText({ endpoint, alreadyRunning }: StartedTenant): string {
  const { domain, origin } = endpoint;
  return `${domain} · ${origin} · ${alreadyRunning ? "was running already" : `process ${endpoint.pid}`}`;
}

function statusText(status: TenantStatus | undefined): string {
  if (status === undefined)
    return "The local tenant is not running. Start it: npm run -s cli -- tenant start";
  const { clock, conditions, delays, objects } = status;
  const ahead = clock.offset === 0 ? "" : `, ${formatOffset(clock.offset)} of the machine's`;
  return table(
    ["", ""],
    [
      ["Tenant", `${status.displayName} · ${status.domain} · ${status.tenantId}`],
      ["Origin", `${status.origin} (process ${status.pid})`],
      ["Proxy", `${status.proxy} for clients with Microsoft's fixed host names`],
      ["Certificate authority", status.caFile],
      ["Subscription", status.subscriptionId],
      ["Deployer", status.deployer.clientId],
      [
        "Objects",
        Object.entries(objects)
          .map(([kind, number]) => `${number} ${kind}`)
          .join(", "),
      ],
      ["Clock", `${clock.now}${ahead}`],
      [
        "Replication delay",
        Object.entries(delays)
          .map(([kind, delay]) => `${kind} ${delay} ms`)
          .join(", "),
      ],
      ["Request budgets", conditions.throttling ? "hold" : "off"],
      ["Latency", `${conditions.latency} ms`],
      ["Faults switched on", String(status.faults)],
      ...hostedRows(status),
    ],
  ).trimStart();
}

/** What runs in the subscription, where something does. */
function hostedRows({ storage, sites, telemetry }: TenantStatus): [string, string][] {
  const received = Object.entries(telemetry).map(([name, items]) => `${name} ${items} items`);
  const rows: [string, string][] = [
    ["Storage accounts", storage.accounts.join(", ")],
    ["Telemetry received", received.join(", ")],
  ];
  const apps = sites.map(({ name, url, state, problem }): [string, string] => [
    "Function app",
    [name, url, problem === undefined ? state : `${state}: ${problem}`].join(" · "),
  ]);
  return [...rows.filter(([, text]) => text !== ""), ...apps];
}

function formatOffset(offset: number): string {
  const days = Math.abs(offset) / 86_400_000;
  const size = days >= 1 ? `${Math.round(days * 10) / 10} d` : formatDuration(Math.abs(offset));
  return `${size} ${offset > 0 ? "ahead" : "behind"}`;
}
