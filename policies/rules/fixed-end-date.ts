import { z } from "zod";
import { connectorName } from "../harness/connector-name";
import { judged, notApplicable } from "../harness/outcome";
import { resourceRule } from "../harness/rule";
import { certificateTypes, secretTypes, validityOf } from "../harness/validity";

export const fixedEndDate = resourceRule({
  id: "fixed-end-date",
  title: "Credentials end on a fixed date",
  severity: "medium",
  enforcement: "mandatory",
  cause: "A credential has no endDate, or one counted from the deployment (endDateRelative).",
  explanation:
    "The provider ignores endDateRelative, and without an end the service picks one two years away.",
  remediation: "Give endDate as a date.",
  types: [...secretTypes, ...certificateTypes],
  config: z.strictObject({}),
  judge: (resource) => {
    const validity = validityOf(resource);
    if (validity === undefined) return notApplicable("The application holds no secret itself.");
    const connector = connectorName(resource);
    const { endDate, relative } = validity;
    return judged([
      ...(endDate === undefined ? [{ culprit: "endDate", message: "There is no endDate.", connector }] : []),
      ...(relative === undefined
        ? []
        : [{ culprit: "endDateRelative", message: `endDateRelative is ${relative}.`, connector }]),
    ]);
  },
});
