import type { Hono } from "hono";
import { createArmApp } from "../../../infra/local/tenant/arm";
import { seedSubscription } from "../../../infra/local/tenant/arm/seed";
import { memoryHosting } from "../../../infra/local/tenant/arm/testing";
import {
  createTestTenant,
  type TestTenant,
  type TestTenantOptions,
} from "../../../infra/local/tenant/core/testing";

export const deployer = "0d0d0d0d-0000-4000-8000-000000000001";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: bodies are asserted field by field
  readonly body: any;
}

/** A tenant with Resource Manager, called as the deployer unless another principal is named. */
export class ArmClient {
  readonly tenant: TestTenant;
  readonly subscription: string;
  readonly #app: Hono;

  private constructor(tenant: TestTenant) {
    this.tenant = tenant;
    this.subscription = `/subscriptions/${tenant.settings.subscriptionId}`;
    this.#app = createArmApp(tenant, memoryHosting());
  }

  static async open(options: TestTenantOptions = {}): Promise<ArmClient> {
    const tenant = createTestTenant(options);
    await seedSubscription(tenant, { principalId: deployer });
    return new ArmClient(tenant);
  }

  get group(): string {
    return `${this.subscription}/resourceGroups/rg`;
  }

  get vault(): string {
    return `${this.group}/providers/Microsoft.KeyVault/vaults/kv-one`;
  }

  async call(method: string, path: string, body?: unknown, objectId: string = deployer): Promise<Answer> {
    const authorization = await this.tenant.authorization({ api: "arm", objectId });
    return this.raw(method, path, { authorization }, body);
  }

  async raw(method: string, path: string, headers: Record<string, string>, body?: unknown): Promise<Answer> {
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const response = await this.#app.request(path, init);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === "" ? undefined : JSON.parse(text),
    };
  }

  putGroup(name = "rg"): Promise<Answer> {
    return this.call("PUT", `${this.subscription}/resourcegroups/${name}?api-version=2024-03-01`, {
      location: "West Europe",
    });
  }

  putVault(properties: Record<string, unknown> = {}, path = this.vault): Promise<Answer> {
    const { tenantId } = this.tenant.settings;
    const sku = { family: "A", name: "standard" };
    return this.call("PUT", `${path}?api-version=2024-11-01`, {
      location: "westeurope",
      properties: { tenantId, sku, accessPolicies: [], enableRbacAuthorization: true, ...properties },
    });
  }

  /** A resource of a type in the group, made and read back; its operation is not awaited. */
  async make(
    type: string,
    name: string,
    version: string,
    body: Record<string, unknown> = {},
  ): Promise<Answer> {
    const path = `${this.group}/providers/${type}/${name}?api-version=${version}`;
    const put = await this.call("PUT", path, { location: "westeurope", ...body });
    return put.status < 300 ? this.call("GET", path) : put;
  }

  putAccount(name = "stcontoso", properties: Record<string, unknown> = {}): Promise<Answer> {
    const shape = { kind: "StorageV2", sku: { name: "Standard_LRS" } };
    return this.make("Microsoft.Storage/storageAccounts", name, "2024-01-01", { ...shape, properties });
  }

  assign(
    scope: string,
    roleId: string,
    principalId: string,
    more: Record<string, unknown> = {},
    name = crypto.randomUUID(),
  ): Promise<Answer> {
    const roleDefinitionId = `${this.subscription}/providers/Microsoft.Authorization/roleDefinitions/${roleId}`;
    return this.call(
      "PUT",
      `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}?api-version=2022-04-01`,
      {
        properties: { roleDefinitionId, principalId, ...more },
      },
    );
  }
}
