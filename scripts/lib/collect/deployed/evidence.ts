/** What the deployed collector's runs tell about a connection. */
import type { StreamStatus } from "../../../../components/collector/function/model/status";
import type { StackOutputs } from "../../../../infra/outputs";
import type { AskCollector } from "../../connection/by-collector";
import type { Patience } from "../../connection/wait";
import { hasEnded } from "../report";
import { openApp } from "./app";
import { startDeployed, watchDeployed } from "./collect";

/** Streams of one or two requests: the first of them that an app collects is run where a connector never was. */
const small = ["organization", "domains", "licenses"];

/**
 * Reads how the app's streams stand, and has a connector that never ran run its smallest stream.
 * @returns undefined when the stack has deployed no collector
 */
export function deployedEvidence(outputs: StackOutputs, patience: Patience): AskCollector | undefined {
  const app = outputs.collector?.apps.find(({ mode }) => mode === "collect");
  if (app === undefined) return undefined;
  return async ({ slug }) => {
    const served = app.connectors.find((connector) => connector.slug === slug);
    if (served === undefined) return [];
    const client = await openApp(app, outputs, Math.max(0, patience.deadline - Date.now()));
    const known = (await client.statuses()).filter(({ connector }) => connector === slug);
    const [first] = served.streams;
    if (known.some(hasEnded) || first === undefined) return known;
    const stream = small.find((name) => served.streams.includes(name)) ?? first;
    patience.progress(`${served.name}: the collector runs ${stream}`);
    const started = await startDeployed(client, { connectors: [slug], streams: [stream] }, false);
    const signal = AbortSignal.timeout(Math.max(1, patience.deadline - Date.now()));
    return (await watchDeployed(client, started, { signal, report: ignore })).streams;
  };
}

function ignore(_: StreamStatus): void {}
