/** Collections of which this tenant holds nothing: no provisioning jobs, no schedules for groups. */
import { notFound } from "../errors";
import { list } from "../odata/list";
import { type GraphRequest, idAt, type Route } from "../request";
import { fixedSource, required } from "../sources";
import { emptyType } from "../types/plain";
import { requirePremium } from "./licenses";

const free = [
  "/groupSettings",
  "/directory/onPremisesSynchronization",
  "/auditLogs/customSecurityAttributeAudits",
];

/** Parts of Privileged Identity Management and reports: Microsoft Entra ID P1 or P2. */
const premium = [
  "/roleManagement/directory/roleAssignmentScheduleRequests",
  "/roleManagement/directory/roleEligibilityScheduleRequests",
  "/identityGovernance/privilegedAccess/group/eligibilitySchedules",
  "/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances",
  "/identityGovernance/privilegedAccess/group/assignmentScheduleInstances",
  "/identityGovernance/roleManagementAlerts/alerts",
];

const ofPrincipals = ["synchronization/jobs", "synchronization/templates"];

const nothing = (request: GraphRequest) =>
  list(
    request,
    fixedSource(emptyType, () => []),
  );

export const emptyCollectionRoutes: readonly Route[] = [
  ...free.map((path): Route => ({ method: "GET", path, handle: nothing })),
  ...premium.map(
    (path): Route => ({
      method: "GET",
      path,
      handle: (request) => {
        requirePremium(request);
        return nothing(request);
      },
    }),
  ),
  ...ofPrincipals.map(
    (path): Route => ({
      method: "GET",
      path: `/servicePrincipals/{id}/${path}`,
      handle: (request) => {
        required(request.directory.servicePrincipals, idAt(request));
        return nothing(request);
      },
    }),
  ),
  ...["synchronization/jobs/{id}", "synchronization/jobs/{id}/schema"].map(
    (path): Route => ({
      method: "GET",
      path: `/servicePrincipals/{id}/${path}`,
      handle: (request) => {
        required(request.directory.servicePrincipals, idAt(request));
        throw notFound(idAt(request, 1));
      },
    }),
  ),
];
