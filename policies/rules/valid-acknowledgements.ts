import { z } from "zod";
import { judged } from "../harness/outcome";
import { stackRule } from "../harness/rule";

export const validAcknowledgements = stackRule({
  id: "valid-acknowledgements",
  title: "Acknowledgements can be read and have not expired",
  severity: "medium",
  enforcement: "mandatory",
  cause: "An acknowledgement in the stack's settings is malformed or has expired, so it does not count.",
  explanation: "Its owner said for how long it is meant; afterwards somebody has to say it again.",
  remediation: "Have its owner renew it with a new date, or remove it together with what it acknowledges.",
  config: z.strictObject({}),
  judge: (_stack, { settings }) => judged(settings.acknowledgementProblems),
});
