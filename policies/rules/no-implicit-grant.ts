import { z } from "zod";
import { connectorName } from "../harness/connector-name";
import { judged } from "../harness/outcome";
import { resourceRule } from "../harness/rule";
import { types } from "../harness/types";
import { readProperty } from "../harness/values";

export const noImplicitGrant = resourceRule({
  id: "no-implicit-grant",
  title: "Registrations have no implicit grant",
  severity: "high",
  enforcement: "mandatory",
  cause: "A registration may issue access or ID tokens by the implicit grant.",
  explanation: "The implicit grant puts tokens into a browser's address; a connector has no browser.",
  remediation: "Switch the implicit grant off.",
  types: [types.application, types.applicationRegistration],
  config: z.strictObject({}),
  judge: (resource) =>
    judged(
      (switches[resource.type] ?? [])
        .filter((path) => readProperty(resource.properties, path, z.boolean().default(false)))
        .map((path) => ({
          culprit: path.split(".").at(-1) ?? path,
          message: `${path} is on.`,
          connector: connectorName(resource),
        })),
    ),
});

const switches: Readonly<Record<string, readonly string[]>> = {
  [types.application]: [
    "web.implicitGrant.accessTokenIssuanceEnabled",
    "web.implicitGrant.idTokenIssuanceEnabled",
  ],
  [types.applicationRegistration]: ["implicitAccessTokenIssuanceEnabled", "implicitIdTokenIssuanceEnabled"],
};
