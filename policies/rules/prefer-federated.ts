import { z } from "zod";
import { profiles } from "../../components/profiles";
import { displayName } from "../harness/declared";
import { judged, notApplicable } from "../harness/outcome";
import { stackRule } from "../harness/rule";
import { ofType } from "../harness/stack";
import { types } from "../harness/types";

export const preferFederated = stackRule({
  id: "prefer-federated",
  title: "A product that can sign in without a secret does",
  severity: "low",
  enforcement: "advisory",
  cause: "A connector has a client secret or certificate, and its product accepts a federated credential.",
  explanation: "A federated credential has nothing to leak, to hand over or to rotate.",
  remediation: "Set credentials: [federated].",
  acknowledgeable: true,
  config: z.strictObject({}),
  judge: (stack) => {
    const able = stack.connectors.filter(({ manifest }) =>
      profiles.some(
        ({ id, credentialKinds }) => id === manifest?.profile && credentialKinds.includes("federated"),
      ),
    );
    if (able.length === 0) return notApplicable("No connector's product accepts a federated credential.");
    return judged(
      able
        .filter((connector) => ofType(connector, types.clientSecret, types.certificate).length > 0)
        .map((connector) => ({
          culprit: displayName(connector),
          message: "It signs in with a credential that has to be kept.",
          connector: connector.slug,
          urn: connector.urn,
        })),
    );
  },
});
