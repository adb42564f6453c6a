import type {
  CreateOperation,
  ExistingOperation,
  PlainProperties,
  Reading,
} from "../../../../../components/plugin/serve";
import type { ApiError } from "../../http/errors";
import type { Limits } from "../../http/time";
import {
  type ArmResource,
  createResource,
  deleteResource,
  findResource,
  readResource,
  replaceResource,
} from "../arm";
import type { Azure } from "../azure";
import { locationOf } from "../location";
import type { ResourceShape } from "../shapes/shape";
import { declarableIn, outputsOf } from "./answer";
import { type ArmBody, bodyOf } from "./body";
import type { ArmTypeDescription } from "./description";
import { withDrift } from "./drift";
import { filledPath, placesIn } from "./path";
import { bareName } from "./schema";

/** Refusals of a moment: the service does one thing at a time with a network or a site. */
const BUSY = new Set(["AnotherOperationInProgress", "RetryableError"]);
const patient = { retryWhen: (error: ApiError) => BUSY.has(error.code) };

/** The four operations of a described type against Azure Resource Manager. */
export class ArmDriver {
  constructor(
    private readonly description: ArmTypeDescription,
    private readonly shape: ResourceShape,
  ) {}

  async create(azure: Azure, inputs: PlainProperties, operation: CreateOperation): Promise<Reading> {
    const { kind, path: template, resetTo } = this.description;
    const path = filledPath(template, { ...inputs, subscription: azure.subscriptionId });
    const body = bodyOf(this.description, inputs, await this.#location(azure, inputs, operation));
    const outputs = (resource: ArmResource) => outputsOf(this.description, this.shape, resource);
    const made =
      resetTo === undefined
        ? await createResource(azure.arm, kind, path, body, operation, outputs, patient)
        : await replaceResource(azure.arm, kind, path, body, operation, patient);
    return this.#reading(await this.#completed(azure, made, operation), inputs);
  }

  /** For an import all that can be declared; else what is declared, and what has drifted from it. */
  async read(azure: Azure, operation: ExistingOperation): Promise<Reading | undefined> {
    const found = await findResource(azure.arm, this.description.kind, operation.id, operation);
    if (found === undefined) return undefined;
    const reading = this.#reading(await this.#completed(azure, found, operation), {});
    const now = declarableIn(this.shape, reading.outputs);
    if (Object.keys(operation.inputs).length === 0) {
      return { ...reading, inputs: { ...now, ...placesIn(found.id, this.description.path) } };
    }
    const before = declarableIn(this.shape, operation.outputs);
    return { ...reading, inputs: withDrift(operation.inputs, before, now) };
  }

  async update(azure: Azure, inputs: PlainProperties, operation: ExistingOperation): Promise<Reading> {
    const { kind } = this.description;
    const body = bodyOf(this.description, inputs, await this.#location(azure, inputs, operation));
    const whole = await this.#withUndeclared(azure, body, operation);
    const written = await replaceResource(azure.arm, kind, operation.id, whole, operation, patient);
    return this.#reading(await this.#completed(azure, written, operation), inputs);
  }

  async delete(azure: Azure, operation: ExistingOperation): Promise<void> {
    const { kind, resetTo, deleteQuery } = this.description;
    if (resetTo === undefined) {
      await deleteResource(azure.arm, kind, operation.id, operation, { ...patient, query: deleteQuery });
    } else if ((await findResource(azure.arm, kind, operation.id, operation)) !== undefined) {
      await replaceResource(azure.arm, kind, operation.id, resetTo, operation, patient);
    }
  }

  #reading(resource: ArmResource, inputs: PlainProperties): Reading {
    return { id: resource.id, inputs, outputs: outputsOf(this.description, this.shape, resource) };
  }

  async #completed(azure: Azure, resource: ArmResource, limits: Limits): Promise<ArmResource> {
    return this.description.complete?.(azure, resource, limits) ?? resource;
  }

  /** Where the resource goes; undefined for a type that lies nowhere. */
  async #location(azure: Azure, inputs: PlainProperties, limits: Limits): Promise<string | undefined> {
    if (!Object.keys(this.shape.inputs).map(bareName).includes("location")) return undefined;
    const { location, resourceGroupName } = inputs;
    const declared = typeof location === "string" ? location : undefined;
    return locationOf(azure, declared, String(resourceGroupName), limits);
  }

  async #withUndeclared(azure: Azure, body: ArmBody, operation: ExistingOperation): Promise<ArmBody> {
    const { kind, keptWhenUndeclared = [] } = this.description;
    const missing = keptWhenUndeclared.filter((name) => body.properties[name] === undefined);
    if (missing.length === 0) return body;
    const { properties } = await readResource(azure.arm, kind, operation.id, operation);
    const kept = missing.flatMap((name) =>
      properties?.[name] === undefined ? [] : [[name, properties[name]] as const],
    );
    return { ...body, properties: { ...Object.fromEntries(kept), ...body.properties } };
  }
}
