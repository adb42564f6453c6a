/** What Flex Consumption refuses (page "Azure Functions Flex Consumption plan hosting", considerations and deprecations). */
import { ArmError, badRequest } from "../../errors";
import type { StorageHost } from "../../hosting";
import type { Resource, Resources } from "../../model";
import type { Write } from "../kind";
import { requireReference } from "../references";
import { sitesOn } from "./plans";
import type { SiteConfig, SiteProperties } from "./site-schema";

/** App settings that the plan replaces by `functionAppConfig`. */
const refusedSettings = new Set([
  "ENABLE_ORYX_BUILD",
  "FUNCTIONS_EXTENSION_VERSION",
  "FUNCTIONS_WORKER_RUNTIME",
  "FUNCTIONS_WORKER_RUNTIME_VERSION",
  "FUNCTIONS_MAX_HTTP_CONCURRENCY",
  "FUNCTIONS_WORKER_PROCESS_COUNT",
  "FUNCTIONS_WORKER_DYNAMIC_CONCURRENCY_ENABLED",
  "SCM_DO_BUILD_DURING_DEPLOYMENT",
  "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING",
  "WEBSITE_CONTENTOVERVNET",
  "WEBSITE_CONTENTSHARE",
  "WEBSITE_DNS_SERVER",
  "WEBSITE_MAX_DYNAMIC_APPLICATION_SCALE_OUT",
  "WEBSITE_NODE_DEFAULT_VERSION",
  "WEBSITE_RUN_FROM_PACKAGE",
  "WEBSITE_SKIP_CONTENTSHARE_VALIDATION",
  "WEBSITE_VNET_ROUTE_ALL",
]);

const refusedConfig = [
  "linuxFxVersion",
  "windowsFxVersion",
  "javaVersion",
  "javaContainer",
  "phpVersion",
  "powerShellVersion",
  "pythonVersion",
  "nodeVersion",
  "preWarmedInstanceCount",
  "functionAppScaleLimit",
];

const nodeVersions = ["20", "22", "24"];
const memorySizes = [512, 2048, 4096];

type SiteWrite = Write<SiteProperties>;
type FunctionAppConfig = NonNullable<SiteProperties["functionAppConfig"]>;

/** @throws ArmError for a declaration that can't be deployed. */
export async function checkSite(write: SiteWrite): Promise<void> {
  const { name, declared } = write;
  if (!/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/i.test(name))
    throw badRequest(`The parameter name has an invalid value: '${name}' is no name of a site.`);
  if (!/\bfunctionapp\b/.test(declared.kind ?? ""))
    throw badRequest("The local tenant runs function apps only: kind must be 'functionapp,linux'.");
  checkPlan(write);
  checkSiteConfig(declared.properties.siteConfig ?? {});
  const config = declared.properties.functionAppConfig;
  if (config === undefined || config === null)
    throw badRequest("Site.FunctionAppConfig is invalid. It is required for Flex Consumption sites.");
  checkRuntime(config);
  checkScale(config);
  checkIdentities(write, config);
  checkSubnet(write);
  await checkContainer(write, config);
}

function checkPlan({ call, declared, location, path }: SiteWrite): void {
  const id = declared.properties.serverFarmId;
  const plan = call.resources.others.get(id.toLowerCase());
  if (plan === undefined || plan.type !== "Microsoft.Web/serverfarms")
    throw new ArmError(404, "NotFound", `Cannot find ServerFarm with name ${id.split("/").at(-1)}.`);
  if (plan.location !== location)
    throw badRequest(`The site's location '${location}' differs from its plan's '${plan.location}'.`);
  const others = sitesOn(call, plan).filter((site) => site.id !== path.toLowerCase());
  if (others.length > 0) {
    throw new ArmError(
      409,
      "Conflict",
      `The Flex Consumption plan '${plan.name}' already has the site '${others[0]?.name}'; it takes one.`,
    );
  }
}

/** @throws ArmError 400 for settings that the plan does not take */
export function checkSiteConfig(config: SiteConfig): void {
  const names = (config.appSettings ?? []).map(({ name }) => name);
  checkSettingNames(names);
  for (const member of refusedConfig) {
    const value = config[member];
    if (value !== undefined && value !== null && value !== "")
      throw invalid(`site property (Site.SiteConfig.${member[0]?.toUpperCase()}${member.slice(1)})`);
  }
}

/** @throws ArmError 400 */
export function checkSettingNames(names: readonly string[]): void {
  const refused = names.find((name) => refusedSettings.has(name.toUpperCase()));
  if (refused !== undefined) throw invalid(`app setting (Site.SiteConfig.AppSettings.${refused})`);
  const bad = names.find((name) => !/^[\w.:-]+$/.test(name));
  if (bad !== undefined) throw badRequest(`AppSetting with name(s) '${bad}' is not allowed.`);
}

function invalid(what: string): ArmError {
  return badRequest(
    `The following ${what} for Flex Consumption sites is invalid.  Please remove or rename it before retrying.`,
  );
}

function checkRuntime({ runtime }: FunctionAppConfig): void {
  if (runtime.name !== "node" || !nodeVersions.includes(runtime.version)) {
    throw badRequest(
      `Site.FunctionAppConfig.Runtime is invalid: '${runtime.name}' '${runtime.version}'. The local tenant runs node ${nodeVersions.join(", ")}.`,
    );
  }
}

function checkScale({ scaleAndConcurrency }: FunctionAppConfig): void {
  const { instanceMemoryMB, maximumInstanceCount } = scaleAndConcurrency;
  if (typeof instanceMemoryMB === "number" && !memorySizes.includes(instanceMemoryMB)) {
    throw badRequest(
      `Site.FunctionAppConfig.ScaleAndConcurrency.InstanceMemoryMB is invalid: it must be ${memorySizes.join(", ")}.`,
    );
  }
  if (typeof maximumInstanceCount === "number" && (maximumInstanceCount < 1 || maximumInstanceCount > 1000)) {
    throw badRequest(
      "Site.FunctionAppConfig.ScaleAndConcurrency.MaximumInstanceCount is invalid: it must be between 1 and 1000.",
    );
  }
}

function checkIdentities({ declared }: SiteWrite, config: FunctionAppConfig): void {
  const assigned = Object.keys(declared.identity?.userAssignedIdentities ?? {}).map((id) => id.toLowerCase());
  const { type, userAssignedIdentityResourceId: deployer } = config.deployment.storage.authentication;
  if (type !== "UserAssignedIdentity")
    throw badRequest("The local tenant serves deployment storage by UserAssignedIdentity only.");
  if (!assigned.includes((deployer ?? "").toLowerCase())) {
    throw badRequest(
      `Site.FunctionAppConfig.Deployment.Storage.Authentication.UserAssignedIdentityResourceId is invalid: the identity '${deployer ?? ""}' is not assigned to the site.`,
    );
  }
  const reader = declared.properties.keyVaultReferenceIdentity;
  if (reader && reader !== "SystemAssigned" && !assigned.includes(reader.toLowerCase()))
    throw badRequest(`The KeyVaultReferenceIdentity '${reader}' is not assigned to the site.`);
}

function checkSubnet({ call, declared }: SiteWrite): void {
  const id = declared.properties.virtualNetworkSubnetId;
  if (!id) return;
  const subnet = requireReference(
    call.resources,
    id,
    "Microsoft.Network/virtualNetworks/subnets",
    "virtualNetworkSubnetId",
  );
  const delegations = subnet.properties.delegations;
  if (JSON.stringify(delegations ?? []).includes('"Microsoft.App/environments"')) return;
  throw badRequest(
    `The subnet '${id}' must be delegated to Microsoft.App/environments for a Flex Consumption app.`,
  );
}

async function checkContainer({ call }: SiteWrite, { deployment }: FunctionAppConfig): Promise<void> {
  const { value } = deployment.storage;
  const container = deploymentContainer(call.resources, call.hosting.storage, value);
  if (
    container !== undefined &&
    (await call.hosting.storage.item(container.account.name, "blob", container.name)) !== undefined
  )
    return;
  throw badRequest(
    `Site.FunctionAppConfig.Deployment.Storage.Value is invalid: there is no blob container at '${value}'.`,
  );
}

/** The account and container that a URL names. */
export function deploymentContainer(
  resources: Resources,
  storage: StorageHost,
  url: string,
): { readonly account: Resource; readonly name: string } | undefined {
  for (const account of resources.others.by("type", "Microsoft.Storage/storageAccounts")) {
    const { blob } = storage.endpoints(account.name);
    if (url.toLowerCase().startsWith(blob.toLowerCase()))
      return { account, name: url.slice(blob.length).replace(/\/+$/, "") };
  }
  return undefined;
}
