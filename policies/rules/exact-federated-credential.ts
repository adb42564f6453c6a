import { z } from "zod";
import { clouds } from "../../components/clouds/table";
import { connectorName } from "../harness/connector-name";
import { judged } from "../harness/outcome";
import { resourceRule } from "../harness/rule";
import { types } from "../harness/types";
import { readProperty } from "../harness/values";

export const exactFederatedCredential = resourceRule({
  id: "exact-federated-credential",
  title: "Federated credentials trust one exact workload",
  severity: "critical",
  enforcement: "mandatory",
  cause:
    "Issuer, subject or audience of a federated credential is not one exact value of the kind that the issuer signs.",
  explanation: "Whoever can get a token that matches signs in as the connector.",
  remediation:
    "Name the issuer as <login>/<tenant GUID>/v2.0, the principal id as the subject, and the cloud's own audience.",
  types: [types.federatedCredential, types.flexibleFederatedCredential],
  config: z.strictObject({}),
  waitsForValues: true,
  judge: (resource) => {
    const connector = connectorName(resource);
    const { properties, type } = resource;
    if (type === types.flexibleFederatedCredential)
      return judged([
        {
          culprit: "claimsMatchingExpression",
          message: "It trusts whatever matches an expression.",
          connector,
        },
      ]);
    const issuer = readProperty(properties, "issuer", z.string());
    const subject = readProperty(properties, "subject", z.string());
    const audiences = readProperty(properties, "audiences", z.array(z.string()));
    const wrong = [
      ...(isExactIssuer(issuer) ? [] : [`issuer ${issuer}`]),
      ...(/^[^\s*]+$/.test(subject) ? [] : [`subject ${subject}`]),
      ...(areExactAudiences(audiences, issuer) ? [] : [`audiences ${audiences.join(", ")}`]),
    ];
    return judged(wrong.map((one) => ({ culprit: one, message: `It trusts the ${one}.`, connector })));
  },
});

const entraIssuer = /\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/v2\.0$/i;

/** An https address without anything that could match more than itself; one of Microsoft Entra names a tenant by its GUID. */
function isExactIssuer(issuer: string): boolean {
  if (!/^https:\/\/[^\s*?#]+[^\s*?#/]$/.test(issuer)) return false;
  const ofEntra = issuer.endsWith("/v2.0") || clouds.some(({ login }) => issuer.startsWith(`${login}/`));
  return !ofEntra || entraIssuer.test(issuer);
}

/** One audience: that of the issuer's cloud, or of any cloud for an issuer of none. */
function areExactAudiences([audience, ...others]: readonly string[], issuer: string): boolean {
  const issuing = clouds.filter(({ login }) => issuer.startsWith(`${login}/`));
  const expected = (issuing.length === 0 ? clouds : issuing).map(
    ({ federatedAudience }) => federatedAudience,
  );
  return others.length === 0 && audience !== undefined && expected.includes(audience);
}
