import { z } from "zod";
import { connectorName } from "../harness/connector-name";
import { judged } from "../harness/outcome";
import { resourceRule } from "../harness/rule";
import { types } from "../harness/types";
import { readProperty } from "../harness/values";

export const noIdentifierUri = resourceRule({
  id: "no-identifier-uri",
  title: "Registrations have no identifier URI",
  severity: "medium",
  enforcement: "mandatory",
  cause: "A registration has an identifier URI, so it is an API.",
  explanation: "A connector calls APIs and is none; an identifier URI lets others ask for tokens for it.",
  remediation: "Remove the identifier URI.",
  types: [types.application, types.applicationIdentifierUri],
  config: z.strictObject({}),
  judge: (resource) => {
    const uris =
      resource.type === types.application
        ? readProperty(resource.properties, "identifierUris", z.array(z.string()).default([]))
        : [readProperty(resource.properties, "identifierUri", z.string())];
    return judged(
      uris.map((uri) => ({
        culprit: uri,
        message: `${uri} is an identifier URI.`,
        connector: connectorName(resource),
      })),
    );
  },
});
