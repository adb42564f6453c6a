/** What describes the tenant itself: organization, domains and contacts outside of it. */
import { badQuery } from "../errors";
import { list } from "../odata/list";
import type { Route } from "../request";
import { collectionSource, itemFrom, listOf } from "../sources";
import { domainType, organizationType, orgContactType } from "../types/plain";

export const tenantFactRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/organization",
    handle: listOf((request) => collectionSource(request, request.directory.organizations, organizationType)),
  },
  {
    method: "GET",
    path: "/organization/{id}",
    handle: itemFrom((request) => request.directory.organizations, organizationType),
  },
  {
    method: "GET",
    path: "/contacts",
    handle: listOf((request) => collectionSource(request, request.directory.contacts, orgContactType)),
  },
  {
    method: "GET",
    path: "/domains",
    handle: (request) => {
      if (request.query.filter !== undefined)
        throw badQuery("The request is invalid: $filter is not supported on domains.");
      return list(request, collectionSource(request, request.directory.domains, domainType));
    },
  },
  {
    method: "GET",
    path: "/domains/{id}",
    handle: itemFrom((request) => request.directory.domains, domainType),
  },
];
