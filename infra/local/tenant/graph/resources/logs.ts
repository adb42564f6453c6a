/** Audit logs, sign-ins and risk (Microsoft pages "List directoryAudits", "List signIns", "List riskyUsers"). */
import type { Collection } from "../../core/types";
import type { Edition } from "../../directory/editions";
import type { PlainEntity } from "../../directory/model";
import type { Directory } from "../../directory/open";
import type { EntityType } from "../entity-type";
import { list } from "../odata/list";
import type { GraphRequest, Route } from "../request";
import { collectionSource, fixedSource, itemFrom } from "../sources";
import {
  directoryAuditType,
  emptyType,
  riskyServicePrincipalType,
  riskyUserType,
  signInType,
} from "../types/plain";
import { requirePremium } from "./licenses";

interface Log {
  readonly path: string;
  readonly type: EntityType;
  readonly entries: (directory: Directory) => Collection<PlainEntity>;
  /** The edition of Microsoft Entra ID that it needs at least. */
  readonly premium: Edition | undefined;
}

const logs: readonly Log[] = [
  {
    path: "/auditLogs/directoryAudits",
    type: directoryAuditType,
    entries: (directory) => directory.directoryAudits,
    premium: undefined,
  },
  { path: "/auditLogs/signIns", type: signInType, entries: (directory) => directory.signIns, premium: "P1" },
  {
    path: "/identityProtection/riskyUsers",
    type: riskyUserType,
    entries: (directory) => directory.riskyUsers,
    premium: "P2",
  },
  {
    path: "/identityProtection/riskyServicePrincipals",
    type: riskyServicePrincipalType,
    entries: (directory) => directory.riskyServicePrincipals,
    premium: "P2",
  },
];

/** Collections of which this tenant holds nothing: nobody provisions, and no token is at risk. */
const empty: readonly { readonly path: string; readonly type: EntityType }[] = [
  { path: "/auditLogs/provisioning", type: emptyType },
  { path: "/identityProtection/riskDetections", type: emptyType },
  { path: "/identityProtection/servicePrincipalRiskDetections", type: emptyType },
  { path: "/identityProtection/riskyUsers/{id}/history", type: emptyType },
];

function checked<T>(log: Log, request: GraphRequest, then: () => T): T {
  if (log.premium !== undefined) requirePremium(request, log.premium);
  return then();
}

export const logRoutes: readonly Route[] = [
  ...logs.flatMap((log): readonly Route[] => [
    {
      method: "GET",
      path: log.path,
      handle: (request) =>
        checked(log, request, () =>
          list(request, collectionSource(request, log.entries(request.directory), log.type)),
        ),
    },
    {
      method: "GET",
      path: `${log.path}/{id}`,
      handle: (request) =>
        checked(log, request, () => itemFrom(({ directory }) => log.entries(directory), log.type)(request)),
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
