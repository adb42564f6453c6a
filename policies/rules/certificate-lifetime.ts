import { z } from "zod";
import { judgeLifetime } from "../harness/lifetime";
import { resourceRule } from "../harness/rule";
import { certificateTypes } from "../harness/validity";

export const certificateLifetime = resourceRule({
  id: "certificate-lifetime",
  title: "Certificates are trusted for 365 days at most",
  severity: "medium",
  enforcement: "mandatory",
  cause: "A registration trusts a certificate for longer than `days`, or without an end.",
  explanation: "A private key that leaked works until the trust ends, and nobody notices.",
  remediation: "Shorten lifetimeDays, or have the vendor make a shorter certificate.",
  acknowledgeable: true,
  types: certificateTypes,
  config: z.strictObject({ days: z.int().positive().default(365).describe("Longest validity.") }),
  judge: (resource, { config, settings }) => judgeLifetime(resource, config.days, settings.moment),
});
