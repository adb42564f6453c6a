import { existsSync } from "node:fs";
import { z } from "zod";
import { azureRoleDifferences } from "../harness/azure-roles";
import { lockDifferences, planDifferences } from "../harness/differences";
import { judged, notApplicable, type Outcome } from "../harness/outcome";
import { reviewedPermissions } from "../harness/reviewed";
import { stackRule } from "../harness/rule";
import type { PolicyStack } from "../harness/stack";

export const lockedPermissions = stackRule({
  id: "locked-permissions",
  title: "The stack has exactly the permissions of its lock file",
  severity: "critical",
  enforcement: "mandatory",
  cause:
    "A connector, permission, directory role, credential or Azure role of the stack is not in the lock file, or the other way round.",
  explanation: "The lock file is what people review; whatever differs from it was reviewed by nobody.",
  remediation: "Write the lock file anew (npm run -s cli -- permissions lock) and have the change reviewed.",
  config: z.strictObject({
    lockDirectory: z
      .string()
      .min(1)
      .default("../infra/permissions")
      .describe("Folder of the lock files, seen from the pack's folder."),
  }),
  judge: (stack, { config, settings }) => {
    if (stack.connectors.length === 0) return notApplicable("The stack has no connector.");
    const reviewed = reviewedPermissions(settings.stack, config.lockDirectory);
    switch (reviewed.kind) {
      case "problem":
        return judged([reviewed]);
      case "no-folder":
        return withoutLockFile(stack, reviewed.folder);
      case "lock":
        return judged([
          ...lockDifferences(stack, reviewed.lock.connectors, reviewed.file),
          ...azureRoleDifferences(stack, reviewed.lock.azureRoleAssignments, reviewed.file),
        ]);
    }
  },
});

/** Without lock files the connectors are held to what they were planned to be, which they register as an output. */
function withoutLockFile(stack: PolicyStack, folder: string): Outcome {
  const silent = stack.connectors.filter(({ manifest }) => manifest === undefined);
  if (silent.length === 0)
    return judged(stack.connectors.flatMap((connector) => planDifferences(stack, connector)));
  // A published pack has no sources; it lies where the engine put it, far from any checkout.
  if (!existsSync("pack.ts")) {
    return notApplicable(
      "On Pulumi Cloud the pack sees no lock files, and the connectors register no manifest.",
    );
  }
  return judged(
    silent.map(({ slug, urn }) => ({
      culprit: slug,
      message: `There is neither a folder ${folder} nor a manifest that the connector registers.`,
      connector: slug,
      urn,
    })),
  );
}
