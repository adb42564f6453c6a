import { z } from "zod";
import { connectorName } from "../harness/connector-name";
import { judged } from "../harness/outcome";
import { resourceRule } from "../harness/rule";
import type { StackResource } from "../harness/stack";
import { types } from "../harness/types";
import { readProperty } from "../harness/values";

export const noRedirectUri = resourceRule({
  id: "no-redirect-uri",
  title: "Registrations have no redirect URI",
  severity: "high",
  enforcement: "mandatory",
  cause: "A registration has a web, single-page or public-client redirect URI.",
  explanation:
    "Nobody signs in to a connector by a browser; a redirect URI is a place that sign-ins can be sent to.",
  remediation: "Remove the redirect URI.",
  types: [types.application, types.applicationRedirectUris],
  config: z.strictObject({}),
  judge: (resource) =>
    judged(
      redirectUris(resource).map((uri) => ({
        culprit: uri,
        message: `${uri} is a redirect URI.`,
        connector: connectorName(resource),
      })),
    ),
});

const uris = z.array(z.string()).default([]);

function redirectUris({ type, properties }: StackResource): readonly string[] {
  if (type === types.applicationRedirectUris) return readProperty(properties, "redirectUris", uris);
  return ["web", "singlePageApplication", "publicClient"].flatMap((platform) =>
    readProperty(properties, `${platform}.redirectUris`, uris),
  );
}
