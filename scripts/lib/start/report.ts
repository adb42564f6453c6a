/** The report at the end of `npm start`. */
import type { StackOutputs } from "../../../infra/outputs";
import { UserError } from "../errors";

/** Where the page is, or why there is none: a start that connected everything has not failed for want of it. */
export interface StartReport {
  readonly path: string | null;
  readonly verdict: string;
}

/** Makes the page of what the stack's function app collected. */
export async function reportOfStart(stack: string, outputs: StackOutputs): Promise<StartReport> {
  const { makeReport, writeReport } = await import("../report/index.js");
  try {
    const built = await makeReport({ stack, deployed: true }, outputs);
    return { path: await writeReport(built, undefined), verdict: built.report.verdict.sentence };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { path: null, verdict: [error.message, error.next].filter(Boolean).join(" ") };
  }
}
