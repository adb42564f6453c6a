/** Delta queries (pages "Use delta query to track changes in Microsoft Graph data", "user: delta", "group: delta" …). */
import { listText } from "../odata/list";
import { type GraphRequest, type GraphResponse, graphBase, type Route } from "../request";
import { objectPage } from "./all-objects";
import { changedPage, pageRules } from "./changed-objects";
import { selectionOf } from "./object";
import { isRepeated, pageSize } from "./peculiarities";
import { type DeltaResource, deltaResources } from "./resources";
import { checkAge, firstState, linkState, nextState, type Round } from "./round";
import { type DeltaState, readState, writeState } from "./token";

export const deltaRoutes: readonly Route[] = deltaResources.map((resource) => ({
  method: "GET",
  path: `${resource.path}/delta`,
  handle: (request) => delta(request, resource),
}));

function delta(request: GraphRequest, resource: DeltaResource): GraphResponse {
  const { skipToken, deltaToken } = request.query;
  const round: Round = { request, resource };
  if (skipToken !== undefined) {
    return answer(round, checkAge(round, readState(skipToken, resource.path, "$skiptoken")));
  }
  if (deltaToken !== undefined && deltaToken !== "" && deltaToken !== "latest") {
    const link = checkAge(round, readState(deltaToken, resource.path, "$deltatoken"));
    return answer(round, nextState(round, link));
  }
  const first = firstState(round);
  return deltaToken === "latest" ? reply(round, [], linkState(first)) : answer(round, first);
}

/** One page, and the state that the next request goes on from. */
function answer(round: Round, state: DeltaState): GraphResponse {
  const { request, resource } = round;
  const selection = selectionOf(request, resource, state.select, state.ids);
  const following = { ...state, page: state.page + 1, issuedAt: request.tenant.clock.now() };
  if (state.place.kind === "full") {
    const size = pageSize(pageRules.objects, state.page);
    const page = objectPage(request, resource, selection, state.place, size);
    if (page.next === undefined) return reply(round, page.value, linkState(following));
    const repeats = page.next.member === undefined && page.value.length > 1 && isRepeated(state.page);
    const position = repeats ? page.beforeLast : page.next.position;
    return reply(round, page.value, { ...following, place: { ...page.next, position } });
  }
  if (state.place.kind === "link") throw new Error("A link is turned into a round before it is answered.");
  const page = changedPage(request, resource, selection, { after: state.place.after, until: state.until });
  if (page.complete) return reply(round, page.value, linkState(following));
  return reply(round, page.value, { ...following, place: { ...state.place, after: page.after } });
}

function reply({ request, resource }: Round, value: readonly string[], next: DeltaState): GraphResponse {
  const isLink = next.place.kind === "link";
  const option = isLink ? "$deltatoken" : "$skiptoken";
  const head = {
    "@odata.context": `${graphBase(request)}/$metadata#${resource.path.slice(1)}`,
    [isLink ? "@odata.deltaLink" : "@odata.nextLink"]:
      `${graphBase(request)}${resource.path}/delta?${option}=${writeState(next)}`,
  };
  const headers = request.minimal ? { "Preference-Applied": "return=minimal" } : {};
  return { status: 200, headers, json: listText(head, value) };
}
