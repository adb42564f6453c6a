import { z } from "zod";
import { judged, notApplicable } from "../harness/outcome";
import { stackRule } from "../harness/rule";
import { ofType, type PolicyStack, type StackResource } from "../harness/stack";
import { types } from "../harness/types";
import { readProperty } from "../harness/values";

/** Microsoft Entra's own limit. */
const limit = 20;

export const federatedCredentialLimit = stackRule({
  id: "federated-credential-limit",
  title: "An application has 20 federated credentials at most",
  severity: "low",
  enforcement: "mandatory",
  cause: "A stack declares more than 20 federated credentials for one application.",
  explanation: "Microsoft Entra takes no more, so the deployment would fail half way.",
  remediation: "Let workloads share an identity, or split the connector.",
  config: z.strictObject({}),
  judge: (stack) => {
    const credentials = ofType(stack, types.federatedCredential, types.flexibleFederatedCredential);
    if (credentials.length === 0) return notApplicable("The stack has no federated credential.");
    const counts = new Map<string, number>();
    for (const credential of credentials) {
      const name = applicationOf(credential, stack);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    return judged(
      [...counts]
        .filter(([, count]) => count > limit)
        .map(([name, count]) => ({ culprit: name, message: `${name} has ${count} federated credentials.` })),
    );
  },
});

/** The connector, the resource that the id comes from, or the id itself where it is a plain value. */
function applicationOf(credential: StackResource, stack: PolicyStack): string {
  const connector = stack.connectorOf(credential)?.slug;
  const [source] = credential.sources?.applicationId ?? [];
  return (
    connector ??
    source?.split("::").at(-1) ??
    readProperty(credential.properties, "applicationId", z.string())
  );
}
