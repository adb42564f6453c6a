/** The metrics as people read about them: for the table in README.md and for the command line. */
import { z } from "zod";
import type { MetricResult, Severity } from "./assessment";
import { metrics } from "./metrics";
import { type ThresholdName, thresholdsSchema } from "./thresholds";

/** One metric without its counting. */
export interface MetricReference {
  readonly id: string;
  readonly title: string;
  readonly what: string;
  readonly why: string;
  readonly remediation: string;
  readonly severity: Severity;
  readonly origin: MetricResult["origin"];
  readonly fields: readonly string[];
  readonly thresholds: readonly {
    readonly name: string;
    readonly description: string;
    readonly default: string;
  }[];
}

/** Every metric, in the order of reports. */
export function metricReference(): readonly MetricReference[] {
  const { properties = {} } = z.toJSONSchema(thresholdsSchema, { io: "input" });
  const described = (name: ThresholdName) => {
    const schema = properties[name];
    const { description = "", default: value } = typeof schema === "object" ? schema : {};
    return { name, description, default: JSON.stringify(value) };
  };
  return metrics.map((metric) => {
    const { id, title, what, why, remediation, severity, origin, fields, thresholds } = metric;
    return {
      id,
      title,
      what,
      why,
      remediation,
      severity,
      origin,
      fields: [...new Set(fields)],
      thresholds: thresholds.map(described),
    };
  });
}
