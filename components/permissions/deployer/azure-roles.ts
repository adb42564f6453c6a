/** Built-in Azure roles that a deployment may need. Source: "Azure built-in roles" (Microsoft Learn). */
export const azureRoles = {
  Contributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
  "Role Based Access Control Administrator": "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
  "Locks Contributor": "28bf596f-4eb7-45ce-b5bc-6cf482fec137",
  "Key Vault Contributor": "f25e0fa2-a7c8-4377-a976-54943a77a395",
  "Key Vault Secrets Officer": "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
  "Key Vault Certificates Officer": "a4417e6f-fecd-4de8-b567-7b0420556985",
} as const;

export type AzureRoleName = keyof typeof azureRoles;
