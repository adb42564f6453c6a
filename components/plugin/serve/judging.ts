import provider from "@pulumi/pulumi/proto/provider_pb";
import { AUTONAMED, withName } from "./autoname";
import { type Change, difference } from "./difference";
import { findResource, type Plugin } from "./plugin";
import { type ResourceType, withoutMarkers } from "./resource-type";
import { nameOf, typeOf } from "./session";
import { refusals } from "./validation";
import { decode, encode, type Properties, reveal } from "./values";

/** Judges the inputs of a resource: names what is wrong, and gives an autonamed resource its name. */
export function check<Client>(
  plugin: Plugin<Client>,
  request: provider.CheckRequest,
): provider.CheckResponse {
  const type = findResource(plugin, typeOf(request.getUrn()));
  const news = decode(request.getNews());
  const inputs = named(type, news, request);
  const plain = withoutMarkers(reveal(inputs));
  const response = new provider.CheckResponse();
  response.setInputs(encode(inputs));
  const problems = [...refusals(plain, type.schema, type.notCarried), ...type.expect(plain)];
  response.setFailuresList(
    problems.map(({ property, reason }) => {
      const failure = new provider.CheckFailure();
      failure.setProperty(property);
      failure.setReason(`${property} ${reason}`);
      return failure;
    }),
  );
  return response;
}

function named<Client>(
  type: ResourceType<Client>,
  news: Properties,
  request: provider.CheckRequest,
): Properties {
  if (type.autoname === undefined) return news;
  const olds = decode(request.getOlds());
  return withName(type.autoname, nameOf(request.getUrn()), olds, news, request.getRandomseed_asU8());
}

/** Compares the inputs of the last operation with the new ones and says what must be replaced. */
export function diff<Client>(plugin: Plugin<Client>, request: provider.DiffRequest): provider.DiffResponse {
  const type = findResource(plugin, typeOf(request.getUrn()));
  const olds = reveal(decode(request.getOldInputs()));
  const news = reveal(decode(request.getNews()));
  const changes = difference(olds, news, type);
  const replaces = changes.filter((change) => replaced(type, change.path));
  const response = new provider.DiffResponse();
  const { DIFF_NONE, DIFF_SOME } = provider.DiffResponse.DiffChanges;
  response.setChanges(changes.length === 0 ? DIFF_NONE : DIFF_SOME);
  response.setDiffsList([...new Set(changes.map((change) => topLevel(change.path)))]);
  response.setReplacesList(replaces.map((change) => change.path));
  response.setHasdetaileddiff(true);
  for (const change of changes) {
    response.getDetaileddiffMap().set(change.path, detail(change, replaces.includes(change)));
  }
  response.setDeletebeforereplace((type.deleteBeforeReplace ?? false) && news[AUTONAMED] !== true);
  return response;
}

function detail(change: Change, replace: boolean): provider.PropertyDiff {
  const { ADD, ADD_REPLACE, DELETE, DELETE_REPLACE, UPDATE, UPDATE_REPLACE } = provider.PropertyDiff.Kind;
  const kinds = {
    add: [ADD, ADD_REPLACE],
    delete: [DELETE, DELETE_REPLACE],
    update: [UPDATE, UPDATE_REPLACE],
  } as const;
  const [keep, renew] = kinds[change.kind];
  const difference = new provider.PropertyDiff();
  difference.setKind(replace ? renew : keep);
  difference.setInputdiff(true);
  return difference;
}

/** Whether a change at that path replaces: its property, or one that encloses it, is among those that do. */
function replaced<Client>(type: ResourceType<Client>, path: string): boolean {
  return type.replaceOn.some(
    (property) => path === property || path.startsWith(`${property}.`) || path.startsWith(`${property}[`),
  );
}

function topLevel(path: string): string {
  return path.split(/[.[]/, 1)[0] ?? path;
}
