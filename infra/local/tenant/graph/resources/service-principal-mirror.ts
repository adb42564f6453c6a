import type { Application } from "../../directory/model";
import type { Directory } from "../../directory/open";
import { appRolesOf, mirroredProperties } from "./service-principal-creation";

/** Carries a change of an application over to its service principal, which repeats much of it. */
export function mirrorApplication(directory: Directory, application: Application): void {
  for (const principal of directory.servicePrincipals.by("appId", application.appId)) {
    directory.servicePrincipals.put({
      ...principal,
      displayName: application.displayName,
      appRoles: appRolesOf(application),
      properties: { ...principal.properties, ...mirroredProperties(application) },
    });
  }
}
