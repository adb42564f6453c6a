/** What an assessment says: one result a metric. Kept by day as JSON, so everything here is plain data. */
import { z } from "zod";

const severitySchema = z.enum(["high", "medium", "low"]);

/** Why a metric was not assessed. */
const reasonCodeSchema = z.enum([
  /** The stream is not collected, or not collected yet. */
  "stream-missing",
  /** A permission or a consent is missing. */
  "permission-missing",
  /** The tenant has no licence for it, or its cloud does not offer it. */
  "license-missing",
  /** The stream was collected without what the metric reads. */
  "stream-degraded",
  /** An option that is off by default. */
  "opt-in-off",
  /** Microsoft shows it nowhere that is collected. */
  "no-data",
  /** The question could not be answered: a service or the storage failed. */
  "failed",
]);

const detailSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** An object that a metric found. */
const evidenceRowSchema = z.object({
  /** `user`, `group`, `application`, `servicePrincipal`, `domain`, `policy` or `setting`. */
  type: z.string(),
  /** Object id, or the name of a domain or setting. */
  id: z.string(),
  /** As people know it. */
  name: z.string(),
  /** By the title of the column; the same columns in every row of a metric. */
  details: z.record(z.string(), detailSchema),
});

export const thresholdSchema = z.object({
  /** Key of the option. */
  name: z.string(),
  /** As used: a number, or a list of names. */
  value: z.union([z.number(), z.string(), z.array(z.string())]),
});

const metricResultSchema = z.object({
  id: z.string(),
  /** Slug of the connector whose reading it is of. */
  connector: z.string(),
  title: z.string(),
  /** What is counted. */
  what: z.string(),
  /** Why it matters. */
  why: z.string(),
  /** What to do about a finding. */
  remediation: z.string(),
  severity: severitySchema,
  /** Whose catalogue the metric is from. */
  origin: z.enum(["netwrix-1secure", "entra-connectors"]),
  /** Properties that it reads, `type.property` in Microsoft Graph's words. */
  fields: z.array(z.string()),
  /** `ok`: nothing, or no more than the threshold tolerates. */
  result: z.enum(["ok", "finding", "not-assessed"]),
  /** Only of what was not assessed. */
  reasonCode: reasonCodeSchema.optional(),
  /** Why it was not assessed and what to do for it; or what the result leaves out. */
  reason: z.string().optional(),
  /** Objects found; 0 where nothing was assessed. */
  count: z.number(),
  /** Of so many objects that could have been found, where a share means something. */
  outOf: z.number().optional(),
  evidence: z.object({
    /** The first by name, no more than the limit. */
    rows: z.array(evidenceRowSchema),
    total: z.number(),
  }),
  threshold: z.array(thresholdSchema),
  /** The state is that of this moment: the oldest commit of the streams read. ISO date-time. */
  asOf: z.string().optional(),
});

const assessmentSchema = z.object({
  version: z.literal(1),
  /** ISO date-time. */
  assessedAt: z.string(),
  tenant: z.object({
    /** Id of the tenant; empty where it is not known. */
    id: z.string(),
    displayName: z.string(),
    /** Slug of the connector that collected the state; of several the one that reads most. */
    connector: z.string(),
  }),
  /** Slugs of the connectors that results are of, whoever most are of first. */
  sources: z.array(z.string()).readonly(),
  metrics: z.array(metricResultSchema),
});

export type Severity = z.output<typeof severitySchema>;
export type ReasonCode = z.output<typeof reasonCodeSchema>;
export type EvidenceRow = z.output<typeof evidenceRowSchema>;
export type MetricResult = z.output<typeof metricResultSchema>;
export type Assessment = z.output<typeof assessmentSchema>;
