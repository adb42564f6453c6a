import { z } from "zod";
import { kind } from "../kind";

/** Whether code may be published with a user name and a password, by FTP and by the SCM site. */
export const publishingPolicyKind = kind({
  type: "Microsoft.Web/sites/basicPublishingCredentialsPolicies",
  properties: z.looseObject({ allow: z.boolean() }),
  location: "none",
  names: ["ftp", "scm"],
  implicit: true,
  created: 200,
  show: ({ resource }) => ({ properties: { allow: resource.properties.allow ?? true } }),
});
