import { z } from "zod";
import { findCapability } from "../../components/permissions/capabilities";
import { directoryRoleAssignments, knownRequestedRoles } from "../harness/belonging";
import { assignedDirectoryRole } from "../harness/directory-roles";
import { type Finding, judged, notApplicable } from "../harness/outcome";
import { stackRule } from "../harness/rule";
import type { PolicyStack, StackConnector } from "../harness/stack";

const exchangeRoles = ["Exchange Administrator", "Exchange Recipient Administrator"];

export const exchangeRoleNeeded = stackRule({
  id: "exchange-role-needed",
  title: "Exchange roles come only with what needs them",
  severity: "high",
  enforcement: "mandatory",
  cause:
    "Exchange Administrator or Exchange Recipient Administrator is assigned without Exchange.ManageAsApp, or without a setting that works in Exchange.",
  explanation:
    "Without the app role the directory role does nothing today and waits for somebody who adds it.",
  remediation: "Set exchangeGroups, which brings both, or drop the role.",
  config: z.strictObject({}),
  judge: (stack) => {
    const holders = stack.connectors.flatMap((connector) =>
      directoryRoleAssignments(stack, connector)
        .map(assignedDirectoryRole)
        .flatMap(({ displayName = "" }) =>
          exchangeRoles.includes(displayName) ? [{ connector, displayName }] : [],
        ),
    );
    if (holders.length === 0) return notApplicable("No connector holds an Exchange role.");
    return judged(holders.flatMap(({ connector, displayName }) => problemsOf(stack, connector, displayName)));
  },
});

function problemsOf(stack: PolicyStack, connector: StackConnector, role: string): readonly Finding[] {
  const { manifest, slug, urn } = connector;
  const canManage = knownRequestedRoles(stack, connector).some(
    (known) => known.api === "exchangeOnline" && known.role.value === "Exchange.ManageAsApp",
  );
  // A documented list brings the role by the vendor's word; a program of its own says nothing of settings.
  const chosen =
    manifest === undefined ||
    manifest.permissions === "documented" ||
    manifest.capabilities.some((id) =>
      (findCapability(id)?.directoryRoles ?? []).some((needed) => needed === role),
    );
  const messages = [
    ...(canManage ? [] : [`${role} is assigned without Exchange.ManageAsApp.`]),
    ...(chosen ? [] : [`${role} is assigned and no setting works in Exchange.`]),
  ];
  return messages.map((message) => ({ culprit: role, message, connector: slug, urn }));
}
