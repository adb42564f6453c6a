import { z } from "zod";
import { judgeLifetime } from "../harness/lifetime";
import { resourceRule } from "../harness/rule";
import { secretTypes } from "../harness/validity";

export const secretLifetime = resourceRule({
  id: "secret-lifetime",
  title: "Client secrets are valid for 180 days at most",
  severity: "high",
  enforcement: "mandatory",
  cause: "A client secret is valid for longer than `days`, or without an end.",
  explanation: "A secret that leaked works until it ends, and nobody notices.",
  remediation: "Shorten lifetimeDays.",
  acknowledgeable: true,
  types: secretTypes,
  config: z.strictObject({ days: z.int().positive().default(180).describe("Longest validity.") }),
  judge: (resource, { config, settings }) => judgeLifetime(resource, config.days, settings.moment),
});
