import { type ApiName, apis } from "./apis";

const byDisplayName = new Map(
  (Object.keys(apis) as ApiName[]).map((name) => [apis[name].displayName as string, name]),
);
const byAppId = new Map(
  (Object.keys(apis) as ApiName[]).map((name) => [apis[name].resourceAppId as string, name]),
);

/** The API with that display name, as lock files and reports name it; undefined when the catalogue has none. */
export function apiOfDisplayName(displayName: string): ApiName | undefined {
  return byDisplayName.get(displayName);
}

/** The API with that application id; undefined when the catalogue has none. */
export function apiOfAppId(resourceAppId: string): ApiName | undefined {
  return byAppId.get(resourceAppId);
}
