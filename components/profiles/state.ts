/** What profiles that collect the tenant's state share. */
import { someThresholdsSchema } from "../state/thresholds";

/** Read by `report`; the collector collects the same whatever they are. */
export const thresholds = someThresholdsSchema
  .optional()
  .describe(
    "What the risks of the report tolerate: staleGuestDays, credentialExpiryDays and others; components/state/README.md lists them.",
  );
