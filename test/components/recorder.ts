/** Pulumi's mocks with a memory: every registration and lookup of a test, as the engine would have got it. */
import * as pulumi from "@pulumi/pulumi";

/** One registered resource. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  /** Name of the parent; undefined for one at the top. */
  readonly parent: string | undefined;
  /** Inputs as sent; secrets are wrapped as `{ secret: value }`. */
  readonly inputs: Record<string, unknown>;
  readonly provider: string | undefined;
  /** Names of the resources that it explicitly or by its inputs depends on. */
  readonly dependencies: readonly string[];
  readonly ignoreChanges: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  /** A resource that is read, not made. */
  readonly id: string | undefined;
}

/** How the mocked cloud answers. */
export interface Answers {
  /** App roles that the tenant publishes, by application id of the API; absent: the API has no service principal. */
  readonly appRoles?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Text of the error that every lookup ends in. */
  readonly lookupFailure?: string;
  /** Who the Entra provider is signed in as. */
  readonly entraClient?: Readonly<Record<"objectId" | "tenantId", string>>;
  /** Who the default Azure provider is signed in as, and where. */
  readonly azureClient?: Readonly<Record<"clientId" | "objectId" | "subscriptionId" | "tenantId", string>>;
}

const SECRET_KEY = "4dabf18193072939515e22adb298388d";

/** What the providers compute, by type. */
function computed(type: string, name: string, inputs: Record<string, unknown>): Record<string, unknown> {
  switch (type) {
    case "azuread:index/application:Application":
      return { objectId: `${name}-object`, clientId: `${name}-client` };
    case "azuread:index/servicePrincipal:ServicePrincipal":
      return { objectId: `${name}-object` };
    case "azuread:index/applicationPassword:ApplicationPassword":
      return { keyId: `${name}-key`, value: `${name}-value` };
    case "azuread:index/applicationCertificate:ApplicationCertificate":
      return { keyId: `${name}-key` };
    case "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential":
      return { credentialId: `${name}-credential` };
    case "azure-native:keyvault:Vault":
      return {
        name: inputs.vaultName ?? name,
        properties: { ...(inputs.properties as object), vaultUri: `https://${name}.vault.example/` },
      };
    case "azure-native:managedidentity:UserAssignedIdentity":
      return { principalId: `${name}-principal`, clientId: `${name}-client` };
    case "azure-native:resources:ResourceGroup":
      return { name: inputs.resourceGroupName ?? name };
    case "azure-native:storage:StorageAccount":
      return {
        name: inputs.accountName,
        primaryEndpoints: {
          blob: `https://${inputs.accountName}.blob.example/`,
          queue: `https://${inputs.accountName}.queue.example/`,
        },
      };
    case "azure-native:applicationinsights:Component":
      return { connectionString: `InstrumentationKey=${name}` };
    case "azure-native:web:WebApp":
      return {
        defaultHostName: `${inputs.name}.azurewebsites.example`,
        hostNameSslStates: [
          { hostType: "Standard", name: `${inputs.name}.azurewebsites.example` },
          { hostType: "Repository", name: `${inputs.name}.scm.azurewebsites.example` },
        ],
      };
    case "azure-native:network:PrivateEndpoint":
      return { name: inputs.privateEndpointName };
    case "azure-native:privatedns:PrivateZone":
      return { name: inputs.privateZoneName };
    case "entra-connectors:index:VaultCertificate":
      return { certificatePem: `${name}-pem` };
    case "entra-connectors:index:GeneratedCertificate":
      return { certificatePem: `${name}-pem`, privateKeyPem: `${name}-private` };
    default:
      return {};
  }
}

/**
 * Runs a declaration under mocks until everything it started has ended.
 * @throws what made a registration fail
 */
export async function record(declare: () => unknown, answers: Answers = {}): Promise<Registration[]> {
  await pulumi.runtime.setMocks({
    newResource: ({ type, name, inputs }) => ({
      id: `${name}-id`,
      state: { ...inputs, ...computed(type, name, inputs) },
    }),
    call: ({ token, inputs }) => {
      if (token === "azuread:index/getClientConfig:getClientConfig") return answers.entraClient ?? {};
      if (token === "azure-native:authorization:getClientConfig") return answers.azureClient ?? {};
      if (token === "azure-native:authorization:getClientToken") return { token: "arm-token" };
      if (token !== "azuread:index/getServicePrincipal:getServicePrincipal")
        throw new Error(`unexpected ${token}`);
      const appRoleIds = answers.appRoles?.[inputs.clientId];
      if (appRoleIds === undefined) {
        // The SDK takes the text of a failed call from `details`, as gRPC errors have it.
        throw Object.assign(new Error(), {
          details: answers.lookupFailure ?? "No service principal found matching criteria",
        });
      }
      return { objectId: `principal-of-${inputs.clientId}`, appRoleIds };
    },
  });
  const registrations = watch(pulumi.runtime.getMonitor() as unknown as Monitor);
  try {
    await declare();
  } finally {
    await pulumi.runtime.disconnect();
  }
  return registrations.sort(byName);
}

/** The two calls of the engine's resource monitor that are of interest here. */
interface Monitor {
  registerResource: (request: RegisterRequest, ...rest: unknown[]) => unknown;
  readResource: (request: ReadRequest, ...rest: unknown[]) => unknown;
}

interface Struct {
  toJavaScript(): Record<string, unknown>;
}

interface ReadRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getId(): string;
  getProvider(): string;
}

interface RegisterRequest extends Omit<ReadRequest, "getId"> {
  getObject(): Struct | undefined;
  getDependenciesList(): string[];
  getIgnorechangesList(): string[];
  getAdditionalsecretoutputsList(): string[];
}

function watch(monitor: Monitor): Registration[] {
  const registrations: Registration[] = [];
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, ...rest) => {
    registrations.push({
      ...identity(request),
      inputs: visible(request.getObject()?.toJavaScript() ?? {}) as Record<string, unknown>,
      dependencies: request.getDependenciesList().map(nameOf).sort(),
      ignoreChanges: request.getIgnorechangesList(),
      additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
      id: undefined,
    });
    return register(request, ...rest);
  };
  const read = monitor.readResource.bind(monitor);
  monitor.readResource = (request, ...rest) => {
    registrations.push({
      ...identity(request),
      inputs: {},
      dependencies: [],
      ignoreChanges: [],
      additionalSecretOutputs: [],
      id: request.getId(),
    });
    return read(request, ...rest);
  };
  return registrations;
}

function identity(request: Omit<ReadRequest, "getId">) {
  return {
    type: request.getType(),
    name: request.getName(),
    parent: request.getParent() === "" ? undefined : nameOf(request.getParent()),
    provider: request.getProvider() === "" ? undefined : request.getProvider(),
  };
}

/** The registrations of one type. */
export function ofType(registrations: readonly Registration[], type: string): Registration[] {
  return registrations.filter((registration) => registration.type === type);
}

function visible(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(visible);
  if (typeof value !== "object" || value === null) return value;
  const entries = value as Record<string, unknown>;
  if (SECRET_KEY in entries) return { secret: visible(entries.value) };
  return Object.fromEntries(Object.entries(entries).map(([key, one]) => [key, visible(one)]));
}

function nameOf(urn: string): string {
  return urn.split("::").at(-1) ?? "";
}

function byName(a: Registration, b: Registration): number {
  return `${a.name} ${a.type}`.localeCompare(`${b.name} ${b.type}`);
}
