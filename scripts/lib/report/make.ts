/** What the command and `npm start` do: find the data, build the report, write the file. */
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { SomeThresholds } from "../../../components/state";
import { localDirectory } from "../../../infra/local/paths";
import type { StackOutputs } from "../../../infra/outputs";
import { chooseConnectors } from "../connectors";
import { type BuiltReport, buildReport } from "./build";
import { reportHtml } from "./html";
import { outsideOf } from "./outside";
import { openSource, type SourceOptions } from "./source";
import { thresholdsOf } from "./thresholds";

const defaultDays = 30;

export interface MakeOptions extends SourceOptions {
  readonly days?: number | undefined;
  /** Above those of the settings. */
  readonly threshold?: readonly SomeThresholds[] | undefined;
  /** Rows of evidence that a metric keeps. */
  readonly evidence?: number | undefined;
  readonly notes?: readonly string[] | undefined;
}

/** @param outputs Undefined: they could not be read; a note should say so */
export async function makeReport(
  options: MakeOptions,
  outputs: StackOutputs | undefined,
): Promise<BuiltReport> {
  const opened = await openSource(options, outputs);
  const connectors = outputs === undefined ? null : chooseConnectors(outputs, undefined);
  return buildReport({
    stack: options.stack,
    ...opened,
    connectors,
    ...(outputs !== undefined && connectors !== null && { outside: outsideOf(connectors, outputs) }),
    thresholds: thresholdsOf(connectors ?? [], options.threshold ?? []),
    evidenceLimit: options.evidence,
    days: options.days ?? defaultDays,
    now: new Date(),
    notes: options.notes ?? [],
  });
}

/**
 * Writes the page: whole or not at all, and for its owner alone, for it names people.
 * @returns where it is, absolute
 */
export async function writeReport(built: BuiltReport, output: string | undefined): Promise<string> {
  const path = resolve(output ?? join(localDirectory(), "reports", `${built.report.stack}.html`));
  await mkdir(dirname(path), { recursive: true });
  const aside = `${path}.${process.pid}.writing`;
  await writeFile(aside, reportHtml(built), { mode: 0o600 });
  await rename(aside, path);
  return path;
}
