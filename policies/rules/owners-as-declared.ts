import { z } from "zod";
import { groupBy } from "../harness/group-by";
import { type Finding, judged, notApplicable } from "../harness/outcome";
import { ownersOf } from "../harness/owners";
import { stackRule } from "../harness/rule";
import { ofType, type StackConnector } from "../harness/stack";
import { types } from "../harness/types";

export const ownersAsDeclared = stackRule({
  id: "owners-as-declared",
  title: "Owners are the deployer and those that the settings name",
  severity: "high",
  enforcement: "mandatory",
  cause:
    "A registration or its principal has an owner beside those of the settings and one deployer a tenant, or lacks one.",
  explanation: "An owner can add a credential to the registration, and then holds all its permissions.",
  remediation: "Name owners in the connector's settings (owners), and nowhere else.",
  config: z.strictObject({
    deployers: z
      .array(z.guid().toLowerCase())
      .default([])
      .describe(
        "Object ids of those who deploy; empty: one owner beside the settings' is taken for the deployer, the same for all connectors of a tenant.",
      ),
  }),
  judge: (stack, { config, settings: { connectors } }) => {
    if (connectors === undefined) return notApplicable("The stack's settings declare no connectors.");
    const added = ofType(stack, types.applicationOwner).map(({ name, urn }) => ({
      culprit: name,
      message: `${name} adds an owner that the settings don't name.`,
      urn,
    }));
    const tenants = groupBy(stack.connectors, ({ manifest }) => manifest?.tenantId ?? "");
    return judged([
      ...added,
      ...[...tenants.values()].flatMap((ofTenant) => {
        const deployers =
          config.deployers.length > 0 ? config.deployers : presumedDeployer(ofTenant, namesOf);
        return ofTenant.flatMap((connector) => problemsOf(connector, namesOf(connector), deployers));
      }),
    ]);

    function namesOf({ slug }: StackConnector): readonly string[] {
      return connectors?.get(slug)?.owners ?? [];
    }
  },
});

/** The first owner that no settings name: there is one, since the deployer must own what it makes. */
function presumedDeployer(
  connectors: readonly StackConnector[],
  namesOf: (connector: StackConnector) => readonly string[],
): readonly string[] {
  return connectors
    .flatMap((connector) => ownersOf(connector).filter(({ id }) => !namesOf(connector).includes(id)))
    .map(({ id }) => id)
    .slice(0, 1);
}

function problemsOf(
  connector: StackConnector,
  declared: readonly string[],
  deployers: readonly string[],
): readonly Finding[] {
  const owners = ownersOf(connector);
  const allowed = [...declared, ...deployers];
  const of = ({ slug, urn }: StackConnector) => ({ connector: slug, urn });
  return [
    ...owners
      .filter(({ id }) => !allowed.includes(id))
      .map(({ id, what }) => ({
        culprit: id,
        message: `${id} owns the ${what} and is not in the settings.`,
        ...of(connector),
      })),
    ...declared
      .filter((id) => owners.length > 0 && !owners.some((owner) => owner.id === id))
      .map((id) => ({
        culprit: id,
        message: `${id} is in the settings and owns nothing.`,
        ...of(connector),
      })),
  ];
}
