/** What can be asked of a site beyond reading and writing it. */
import { z } from "zod";
import { type ArmCall, type ArmOperation, type ArmReply, list, ok, readBody } from "../../call";
import { ArmError } from "../../errors";
import { echoedFields } from "../../fields";
import type { Resource } from "../../model";
import { requireResource } from "../operations";
import { itemPath } from "../paths";
import { appSettingsOf, siteConfigOf } from "./site-body";
import { checkSettingNames, checkSiteConfig } from "./site-rules";
import { siteConfigSchema } from "./site-schema";
import { siteKind } from "./sites";

const type = "Microsoft.Web/sites";
const configType = `${type}/config` as const;
const path = itemPath(siteKind);

const settingsSchema = z.strictObject({
  ...echoedFields,
  kind: z.string().nullish(),
  properties: z.record(z.string(), z.string()),
});
const configSchema = z.strictObject({
  ...echoedFields,
  kind: z.string().nullish(),
  properties: siteConfigSchema,
});

const siteOf = (call: ArmCall): Resource => requireResource(call, siteKind);
const hostName = ({ name }: Resource): string => name.toLowerCase();

function configReply(site: Resource, name: string, properties: object): ArmReply {
  return ok({
    id: `${site.path}/config/${name}`,
    name,
    type: configType,
    location: site.location,
    properties,
  });
}

function storeConfig(call: ArmCall, site: Resource, config: object): Resource {
  const stored = call.resources.others.put({
    ...site,
    properties: { ...site.properties, siteConfig: config },
    modifiedAt: call.tenant.clock.now(),
  });
  call.hosting.sites.refresh(hostName(site));
  return stored;
}

function putSettings(call: ArmCall): ArmReply {
  const { properties } = readBody(call, settingsSchema);
  checkSettingNames(Object.keys(properties));
  const site = siteOf(call);
  const appSettings = Object.entries(properties).map(([name, value]) => ({ name, value }));
  storeConfig(call, site, { ...(site.properties.siteConfig as object | undefined), appSettings });
  return configReply(site, "appsettings", properties);
}

/** App settings that a change of the configuration leaves out stay. */
function writeConfig(call: ArmCall): ArmReply {
  const { properties } = readBody(call, configSchema);
  checkSiteConfig(properties);
  const site = siteOf(call);
  const before = siteConfigSchema.parse(site.properties.siteConfig ?? {});
  const kept = call.method === "PATCH" ? before : { appSettings: before.appSettings };
  const stored = storeConfig(call, site, { ...kept, ...withoutNull(properties) });
  return configReply(stored, "web", siteConfigOf(stored));
}

/** The configuration is told with `appSettings: null`; sent back so, it means them no harm. */
function withoutNull({ appSettings, ...others }: z.output<typeof siteConfigSchema>): object {
  return appSettings === null || appSettings === undefined ? others : { ...others, appSettings };
}

function changeState(call: ArmCall, state: "Running" | "Stopped"): ArmReply {
  const site = siteOf(call);
  call.resources.others.put({ ...site, generated: { ...site.generated, state } });
  call.hosting.sites.refresh(hostName(site));
  return { status: 200 };
}

function restart(call: ArmCall): ArmReply {
  call.hosting.sites.refresh(hostName(siteOf(call)), true);
  return { status: 200 };
}

function functionBody(
  call: ArmCall,
  site: Resource,
  { name, bindings, path: route }: ReturnType<typeof functionsOf>[number],
) {
  const { site: host } = call.hosting.sites.addresses(hostName(site));
  return {
    id: `${site.path}/functions/${name}`,
    name: `${site.name}/${name}`,
    type: `${type}/functions`,
    location: site.location,
    properties: {
      name,
      config: { name, bindings },
      language: "node",
      isDisabled: false,
      invoke_url_template: route === undefined ? "" : `https://${host}${route}`,
    },
  };
}

const functionsOf = (call: ArmCall) => call.hosting.sites.functions(hostName(siteOf(call)));

function oneFunction(call: ArmCall): ArmReply {
  const name = call.param("function");
  const found = functionsOf(call).find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return ok(functionBody(call, siteOf(call), found));
  throw new ArmError(404, "NotFound", `Function '${name}' was not found.`);
}

function hostKeys(call: ArmCall): ArmReply {
  const keys = call.hosting.sites.keys(hostName(siteOf(call)));
  return ok({ masterKey: keys.master, functionKeys: { default: keys.function }, systemKeys: {} });
}

type Handle = ArmOperation["handle"];

/** A POST on the site that needs an action of its own. */
function post(below: string, action: string, handle: Handle): ArmOperation {
  return { method: "POST", path: `${path}/${below}`, type, action: `${type}/${action}`, handle };
}

/** Configuration, keys, functions, and stopping and starting. */
export const siteOperations: readonly ArmOperation[] = [
  {
    ...post("config/appsettings/list", "config/list/action", (call) => {
      const site = siteOf(call);
      return configReply(site, "appsettings", appSettingsOf(site));
    }),
    type: configType,
  },
  {
    method: "PUT",
    path: `${path}/config/appsettings`,
    type: configType,
    action: `${configType}/write`,
    handle: putSettings,
  },
  {
    method: "GET",
    path: `${path}/config/web`,
    type: configType,
    action: `${configType}/read`,
    handle: (call) => configReply(siteOf(call), "web", siteConfigOf(siteOf(call))),
  },
  ...(["PUT", "PATCH"] as const).map((method) => ({
    ...{ method, path: `${path}/config/web`, type: configType },
    ...{ action: `${configType}/write`, handle: writeConfig },
  })),
  post("host/default/listKeys", "host/listkeys/action", hostKeys),
  post("host/default/sync", "host/sync/action", () => ({ status: 204 })),
  post("syncfunctiontriggers", "syncfunctiontriggers/action", () => ({ status: 204 })),
  post("restart", "restart/action", restart),
  post("stop", "stop/action", (call) => changeState(call, "Stopped")),
  post("start", "start/action", (call) => changeState(call, "Running")),
  {
    method: "GET",
    path: `${path}/functions`,
    type: `${type}/functions`,
    action: `${type}/functions/read`,
    handle: (call) => list(functionsOf(call).map((one) => functionBody(call, siteOf(call), one))),
  },
  {
    method: "GET",
    path: `${path}/functions/{function}`,
    type: `${type}/functions`,
    action: `${type}/functions/read`,
    handle: oneFunction,
  },
  {
    ...post("functions/{function}/listKeys", "functions/listkeys/action", (call) => {
      oneFunction(call);
      return ok({ default: call.hosting.sites.keys(hostName(siteOf(call))).function });
    }),
    type: `${type}/functions`,
  },
];
