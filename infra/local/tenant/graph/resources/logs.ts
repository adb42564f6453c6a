/** Audit logs, sign-ins and risk (Microsoft pages "List directoryAudits", "List signIns", "List riskyUsers"). */
import type { Collection } from "../../core/types";
import { hasEdition } from "../../directory/editions";
import type { PlainEntity } from "../../directory/model";
import type { Directory } from "../../directory/open";
import { feedsOf, type LogName } from "../../feeds";
import type { EntityType } from "../entity-type";
import { badQuery, notFound } from "../errors";
import { list } from "../odata/list";
import { mentions } from "../odata/log-filter";
import { listLog } from "../odata/log-list";
import { type GraphRequest, type GraphResponse, idAt, type Route } from "../request";
import { unknownSegment } from "../router";
import { collectionSource, fixedSource, itemFrom, show } from "../sources";
import { directoryAuditType, signInType } from "../types/log";
import { emptyType, riskyServicePrincipalType, riskyUserType } from "../types/plain";
import { requirePremium } from "./licenses";

const day = 86_400_000;

/** Days that entries are kept (Microsoft page "Microsoft Entra data retention"). */
const keptDays = (directory: Directory): number => (hasEdition(directory, "P1") ? 30 : 7);

const logTypes: Readonly<Record<LogName, { readonly type: EntityType; readonly timeProperty: string }>> = {
  directoryAudits: { type: directoryAuditType, timeProperty: "activityDateTime" },
  signIns: { type: signInType, timeProperty: "createdDateTime" },
};

function checkOffered(request: GraphRequest, name: LogName): void {
  if (name === "signIns") requirePremium(request);
  // A cloud that does not offer a resource does not know its name.
  else if (!feedsOf(request.tenant.store, request.directory).settings.directoryAudits) {
    throw unknownSegment([name]);
  }
}

function listEntries(request: GraphRequest, name: LogName): GraphResponse {
  checkOffered(request, name);
  const { directory, query, version } = request;
  const named = mentions(query.filter, "signInEventTypes");
  if (named && version === "v1.0") {
    throw badQuery(
      "Invalid filter clause: Could not find a property named 'signInEventTypes' on type 'microsoft.graph.signIn'.",
    );
  }
  return listLog(request, {
    ...logTypes[name],
    sources: feedsOf(request.tenant.store, directory).log(name).sources(),
    oldest: request.tenant.clock.now() - keptDays(directory) * day,
    // Other sign-ins are shown by beta alone, to those who ask for them.
    ...(name === "signIns" && !named && { usualKinds: new Set(["interactiveuser"]) }),
  });
}

function showEntry(request: GraphRequest, name: LogName): GraphResponse {
  checkOffered(request, name);
  const { directory, tenant } = request;
  const now = tenant.clock.now();
  const found = feedsOf(tenant.store, directory).log(name).find(idAt(request));
  if (found === undefined || found.at > now || found.visibleAt > now) throw notFound(idAt(request));
  if (found.at < now - keptDays(directory) * day) throw notFound(idAt(request));
  return show(request, { type: logTypes[name].type, entity: found.event });
}

const logNames: readonly LogName[] = ["directoryAudits", "signIns"];

interface Risks {
  readonly path: string;
  readonly type: EntityType;
  readonly entries: (directory: Directory) => Collection<PlainEntity>;
}

/** Those at risk: known to tenants with P2. */
const risks: readonly Risks[] = [
  {
    path: "/identityProtection/riskyUsers",
    type: riskyUserType,
    entries: (directory) => directory.riskyUsers,
  },
  {
    path: "/identityProtection/riskyServicePrincipals",
    type: riskyServicePrincipalType,
    entries: (directory) => directory.riskyServicePrincipals,
  },
];

/** Collections of which this tenant holds nothing: nobody provisions, and no token is at risk. */
const empty: readonly { readonly path: string; readonly type: EntityType }[] = [
  { path: "/auditLogs/provisioning", type: emptyType },
  { path: "/identityProtection/riskDetections", type: emptyType },
  { path: "/identityProtection/servicePrincipalRiskDetections", type: emptyType },
  { path: "/identityProtection/riskyUsers/{id}/history", type: emptyType },
];

export const logRoutes: readonly Route[] = [
  ...logNames.flatMap((name): readonly Route[] => [
    { method: "GET", path: `/auditLogs/${name}`, handle: (request) => listEntries(request, name) },
    { method: "GET", path: `/auditLogs/${name}/{id}`, handle: (request) => showEntry(request, name) },
  ]),
  ...risks.flatMap(({ path, type, entries }): readonly Route[] => [
    {
      method: "GET",
      path,
      handle: (request) => {
        requirePremium(request, "P2");
        return list(request, collectionSource(request, entries(request.directory), type));
      },
    },
    {
      method: "GET",
      path: `${path}/{id}`,
      handle: (request) => {
        requirePremium(request, "P2");
        return itemFrom(({ directory }) => entries(directory), type)(request);
      },
    },
  ]),
  ...empty.map(
    ({ path, type }): Route => ({
      method: "GET",
      path,
      handle: (request) => {
        requirePremium(request);
        return list(
          request,
          fixedSource(type, () => []),
        );
      },
    }),
  ),
];
