import { z } from "zod";
import { findCapability } from "../../components/permissions/capabilities";
import type { Capability } from "../../components/permissions/capabilities/capability";
import { apis } from "../../components/permissions/catalogue/apis";
import { findDirectoryRole } from "../../components/permissions/catalogue/directory-role";
import { directoryRoleIds, knownRequestedRoles } from "../harness/belonging";
import type { ConnectorManifest } from "../harness/manifest-output";
import { type Finding, judged, notApplicable } from "../harness/outcome";
import { stackRule } from "../harness/rule";
import type { PolicyStack, StackConnector } from "../harness/stack";

export const requiredScopes = stackRule({
  id: "required-scopes",
  title: "A connector asks for every permission that its settings need",
  severity: "high",
  enforcement: "mandatory",
  cause:
    "A capability that the settings chose needs a permission or directory role that the connector does not ask for.",
  explanation: "The product would connect, and fail at the first call that needs it, perhaps months later.",
  remediation: "Ask for it, or take the setting back that needs it.",
  config: z.strictObject({}),
  judge: (stack) => {
    const planned = stack.connectors.filter(({ manifest }) => manifest?.permissions === "minimal");
    if (planned.length === 0)
      return notApplicable("No connector says which capabilities its settings chose.");
    return judged(planned.flatMap((connector) => missingIn(stack, connector)));
  },
});

function missingIn(stack: PolicyStack, connector: StackConnector): readonly Finding[] {
  const { manifest, slug, urn } = connector;
  if (manifest === undefined) return [];
  const asked = new Set(knownRequestedRoles(stack, connector).map(({ api, role }) => `${api} ${role.value}`));
  const held = directoryRoleIds(stack, connector);
  const findings = manifest.capabilities.flatMap((id): readonly Finding[] => {
    const capability = findCapability(id);
    if (capability === undefined) return [{ culprit: id, message: `There is no capability ${id}.` }];
    const missing = [
      ...missingRoles(capability, manifest, asked),
      ...capability.directoryRoles.filter((role) => !held.has(findDirectoryRole(role).templateId)),
    ];
    return missing.map((culprit) => ({ culprit, message: `"${capability.title}" needs ${culprit}.` }));
  });
  return findings.map((finding) => ({ ...finding, connector: slug, urn }));
}

/** Permissions that are neither asked for nor covered by ones that are. */
function missingRoles(
  { roles }: Capability,
  { cloud, covered }: ConnectorManifest,
  asked: ReadonlySet<string>,
): readonly string[] {
  return roles
    .filter(({ clouds }) => clouds === undefined || clouds.includes(cloud))
    .filter(({ api, value }) => {
      const cover = covered.find(
        (one) => one.value === value && one.resourceAppId === apis[api].resourceAppId,
      );
      const isCovered = cover?.by.every((name) => asked.has(`${api} ${name}`)) ?? false;
      return !asked.has(`${api} ${value}`) && !isCovered;
    })
    .map(({ value }) => value);
}
