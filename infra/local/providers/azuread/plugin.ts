import { z } from "zod";
import type { Plugin } from "../../../../components/plugin/serve";
import { signInConfiguration } from "../http/settings";
import { appRoleAssignment } from "./app-role-assignment";
import { application } from "./application";
import { getClientConfig } from "./client-config";
import { applicationCertificate } from "./credentials/certificate";
import { applicationFederatedIdentityCredential } from "./credentials/federated";
import { applicationPassword } from "./credentials/password";
import { connectDirectory, type Directory } from "./directory";
import { directoryRoleAssignment } from "./directory-role-assignment";
import { servicePrincipal } from "./service-principal";
import { getServicePrincipal, getServicePrincipals } from "./service-principal/functions";

/** The local stand-in for the official azuread plugin: the types that this product declares, the same calls. */
export const azuread: Plugin<Directory> = {
  name: "azuread",
  version: "6.9.1",
  description:
    "Local stand-in for the azuread provider, for the resource types that entra-connectors declares.",
  configuration: z.strictObject(signInConfiguration),
  resources: [
    application,
    servicePrincipal,
    appRoleAssignment,
    directoryRoleAssignment,
    applicationPassword,
    applicationCertificate,
    applicationFederatedIdentityCredential,
  ],
  functions: [getClientConfig, getServicePrincipal, getServicePrincipals],
  connect: connectDirectory,
};
