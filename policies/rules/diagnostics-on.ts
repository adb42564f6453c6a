import { z } from "zod";
import { judged, notApplicable } from "../harness/outcome";
import { stackRule } from "../harness/rule";
import { isAbout, ofType } from "../harness/stack";
import { types } from "../harness/types";

export const diagnosticsOn = stackRule({
  id: "diagnostics-on",
  title: "Vaults, function apps and storage accounts are logged",
  severity: "medium",
  enforcement: "mandatory",
  cause: "The stack has a log workspace, and no diagnostic setting for one of them.",
  explanation: "Without a log nobody can say afterwards who read a credential or what was collected.",
  remediation: "Declare a DiagnosticSetting on it that writes to the workspace.",
  config: z.strictObject({}),
  judge: (stack) => {
    if (ofType(stack, types.workspace).length === 0) return notApplicable("The stack has no log workspace.");
    const settings = ofType(stack, types.diagnosticSetting);
    return judged(
      ofType(stack, types.vault, types.site, types.storageAccount)
        .filter((target) => !settings.some((setting) => isAbout(setting, "resourceUri", target)))
        .map(({ name, urn }) => ({ culprit: name, message: `Nothing logs what happens in ${name}.`, urn })),
    );
  },
});
