/** The judgement that secrets and certificates share: not valid for longer than a limit. */
import { connectorName } from "./connector-name";
import { judged, notApplicable, type Outcome } from "./outcome";
import type { StackResource } from "./stack";
import { daysOf, validityOf } from "./validity";

/** Judges how long the credential of a resource is valid. */
export function judgeLifetime(resource: StackResource, limit: number, moment: number): Outcome {
  const validity = validityOf(resource);
  if (validity === undefined) return notApplicable("The application holds no secret itself.");
  const days = daysOf(validity, moment);
  const connector = connectorName(resource);
  if (days === undefined) {
    return judged([
      { culprit: "no end date", message: "It has no end date, so it is valid for years.", connector },
    ]);
  }
  if (days <= limit) return judged([]);
  const message = `It is valid for ${days} days, the limit is ${limit}.`;
  return judged([{ culprit: `${days} days`, message, connector }]);
}
