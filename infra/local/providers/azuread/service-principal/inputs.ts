import { z } from "zod";

const notHere =
  "is an argument that the local plugin does not carry; leave it out, or deploy with official plugins";

/** Arguments of the official type that the local plugin refuses, by name. */
export const notCarriedByServicePrincipal = {
  featureTags: `${notHere} (tags do the same)`,
  features: `${notHere} (tags do the same)`,
  samlSingleSignOn: notHere,
} as const;

/** Arguments of `azuread.ServicePrincipal`. */
export const servicePrincipalInputs = z.strictObject({
  clientId: z.guid("must be a GUID"),
  accountEnabled: z.boolean().optional(),
  alternativeNames: z.array(z.string()).optional(),
  appRoleAssignmentRequired: z.boolean().optional(),
  description: z.string().max(1024, "must be at most 1024 characters").optional(),
  loginUrl: z.string().optional(),
  notes: z.string().optional(),
  notificationEmailAddresses: z.array(z.string()).optional(),
  owners: z.array(z.guid("must be a GUID")).max(100, "must be at most 100").optional(),
  preferredSingleSignOnMode: z.enum(["oidc", "password", "saml", "notSupported"]).optional(),
  tags: z.array(z.string()).optional(),
  useExisting: z.boolean().optional(),
});

/** Arguments of `azuread.ServicePrincipal`, parsed. */
export type ServicePrincipalInputs = z.infer<typeof servicePrincipalInputs>;
