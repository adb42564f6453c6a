import { z } from "zod";
import { judged, notApplicable } from "../harness/outcome";
import { stackRule } from "../harness/rule";
import { ofType, type StackConnector } from "../harness/stack";
import { types } from "../harness/types";
import { readProperty } from "../harness/values";

export const separateIdentities = stackRule({
  id: "separate-identities",
  title: "No identity acts for read-only and read-write connectors",
  severity: "high",
  enforcement: "mandatory",
  cause: "A read-write connector trusts a workload that a read-only connector trusts too.",
  explanation:
    "The app that reads every night would hold the keys to write, so a flaw in it would reach everything at once.",
  remediation: "Serve read-write connectors by a function app with an identity of its own.",
  config: z.strictObject({}),
  judge: (stack) => {
    const trusting = stack.connectors.filter((connector) => workloads(connector).length > 0);
    if (trusting.length === 0) return notApplicable("The stack has no federated credential.");
    const readers = trusting.filter(({ manifest }) => manifest?.access === "read-only");
    const read = new Set(readers.flatMap((connector) => workloads(connector)));
    return judged(
      trusting
        .filter(({ manifest }) => manifest?.access !== "read-only")
        .filter((connector) => workloads(connector).some((one) => read.has(one)))
        .map(({ slug, urn }) => ({
          culprit: slug,
          message: "It trusts a workload that read-only connectors trust too.",
          connector: slug,
          urn,
        })),
    );
  },
});

/** Who may sign in as the connector: the identity that the subject comes from, or the subject itself. */
function workloads(connector: StackConnector): readonly string[] {
  return ofType(connector, types.federatedCredential).flatMap(({ properties, sources }) => {
    const [...identities] = sources?.subject ?? [];
    return identities.length > 0 ? identities : [readProperty(properties, "subject", z.string())];
  });
}
