import { z } from "zod";
import { judged, notApplicable } from "../harness/outcome";
import { stackRule } from "../harness/rule";
import { isAbout, ofType, type PolicyStack, type StackResource } from "../harness/stack";
import { types } from "../harness/types";
import { readProperty } from "../harness/values";

const ways = [
  { type: types.siteFtpAllowed, name: "FTP" },
  { type: types.siteScmAllowed, name: "the deployment site" },
] as const;

export const siteNoBasicPublishing = stackRule({
  id: "site-no-basic-publishing",
  title: "Code is never published with a password",
  severity: "high",
  enforcement: "mandatory",
  cause: "A function app has no WebAppFtpAllowed and WebAppScmAllowed that forbid basic publishing.",
  explanation:
    "Publishing credentials are a user name and password that every reader of the app's settings can fetch, and that replace its code.",
  remediation: "Declare both with allow: false.",
  config: z.strictObject({}),
  judge: (stack) => {
    const sites = ofType(stack, types.site);
    if (sites.length === 0) return notApplicable("The stack has no function app.");
    return judged(
      sites.flatMap((site) =>
        ways
          .filter(({ type }) => !isForbidden(stack, site, type))
          .map(({ name }) => ({
            culprit: `${site.name} ${name}`,
            message: `${site.name} can be published to by ${name} with a password.`,
            urn: site.urn,
          })),
      ),
    );
  },
});

function isForbidden(stack: PolicyStack, site: StackResource, type: string): boolean {
  return ofType(stack, type)
    .filter((policy) => isAbout(policy, "name", site))
    .some(({ properties }) => !readProperty(properties, "allow", z.boolean().default(true)));
}
