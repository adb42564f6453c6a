import { z } from "zod";
import { requestedRoles, roleGrants } from "../harness/belonging";
import { type Finding, judged, notApplicable } from "../harness/outcome";
import { knownRole, requestedAccess } from "../harness/roles";
import { stackRule } from "../harness/rule";
import type { PolicyStack, StackConnector } from "../harness/stack";

export const consentEqualsDeclaration = stackRule({
  id: "consent-equals-declaration",
  title: "What is granted is what the registration asks for",
  severity: "high",
  enforcement: "mandatory",
  cause:
    "A permission is granted and not asked for, asked for and not granted although consent is grant, or granted although consent is request.",
  explanation:
    "Administrators and reviewers read what the registration asks for; only what is granted counts.",
  remediation: "Declare each permission once, in the connector's permissions.",
  config: z.strictObject({}),
  judge: (stack) =>
    stack.connectors.length === 0
      ? notApplicable("The stack has no connector.")
      : judged(stack.connectors.flatMap((connector) => differencesIn(stack, connector))),
});

function differencesIn(stack: PolicyStack, connector: StackConnector): readonly Finding[] {
  const { manifest, slug, urn } = connector;
  const asked = requestedRoles(stack, connector);
  const granted = roleGrants(stack, connector).flatMap(requestedAccess);
  const requestOnly = manifest === undefined ? granted.length === 0 : manifest.consent === "request";
  const askedIds = new Set(asked.map(({ id }) => id));
  const grantedIds = new Set(granted.map(({ id }) => id));
  const surplus = granted.filter(({ id }) => requestOnly || !askedIds.has(id));
  const missing = requestOnly ? [] : asked.filter(({ id }) => !grantedIds.has(id));
  const why = requestOnly ? "granted although consent is request" : "granted and not asked for";
  return [
    ...surplus.map((one) => ({ name: knownRole(one)?.role.value ?? one.id, problem: why })),
    ...missing.map((one) => ({
      name: knownRole(one)?.role.value ?? one.id,
      problem: "asked for and not granted",
    })),
  ].map(({ name, problem }) => ({ culprit: name, message: `${name} is ${problem}.`, connector: slug, urn }));
}
