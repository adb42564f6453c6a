import type { z } from "zod";
import type { Autoname } from "./autoname";
import type { Meaning } from "./difference";
import type { PlainProperties, Properties } from "./values";

/** One call of the engine: whose it is, until when it may take, and how it is told to stop. */
export interface Operation {
  readonly urn: string;
  /** The resource's name in the program. */
  readonly name: string;
  /** Aborts when the engine cancels or the time is up. */
  readonly signal: AbortSignal;
  /** When the time is up, milliseconds since the epoch. */
  readonly deadline: number;
}

/** An operation that makes something: it reports the object as soon as it exists, so that a later failure orphans nothing. */
export interface CreateOperation extends Operation {
  created(id: string, outputs: PlainProperties): void;
}

/** An operation on what exists, with what state knows of it. */
export interface ExistingOperation extends Operation {
  readonly id: string;
  /** Outputs of the last operation, secrets revealed. */
  readonly outputs: PlainProperties;
  /** Inputs of the last operation, secrets revealed. */
  readonly inputs: PlainProperties;
}

/** What a service says about an object. */
export interface Reading {
  readonly id: string;
  /** The inputs that would declare the object as it is, as far as the service tells them. */
  readonly inputs: PlainProperties;
  readonly outputs: PlainProperties;
}

/** How long an operation may take, in minutes; 5 where nothing is said. The program's custom timeouts win. */
interface Timeouts {
  readonly create?: number;
  readonly read?: number;
  readonly update?: number;
  readonly delete?: number;
}

/** What is told of a resource type beside its four operations. Property names are top-level inputs, or dotted paths. */
export interface ResourceTraits extends Meaning {
  readonly token: string;
  readonly description: string;
  /** Arguments of the official type that are not implemented, each with the sentence that refuses it. */
  readonly notCarried?: Readonly<Record<string, string>>;
  readonly autoname?: Autoname;
  /** Outputs that the service computes: unknown while a creation is previewed. */
  readonly computed: readonly string[];
  /** Computed outputs that an update changes too. */
  readonly recomputed?: readonly string[];
  readonly secretOutputs?: readonly string[];
  /** Outputs that only the creation tells; they are kept from then on. */
  readonly toldOnce?: readonly string[];
  /** Inputs that no reading tells; they are taken to be as declared. */
  readonly writeOnly?: readonly string[];
  /** Inputs that never appear among the outputs. */
  readonly hidden?: readonly string[];
  readonly replaceOn: readonly string[];
  /** Replace by deleting first, because two cannot exist at once; autonamed resources are exempt. */
  readonly deleteBeforeReplace?: boolean;
  /** Why an existing object can't be imported. */
  readonly notImportable?: string;
  readonly timeouts?: Timeouts;
}

/** A resource type as its file declares it, with typed inputs. */
export interface ResourceDeclaration<Schema extends z.ZodObject, Client> extends ResourceTraits {
  readonly inputs: Schema;
  /** Rules that one property alone can't tell; each names its property. */
  readonly expect?: (inputs: PlainProperties) => readonly { property: string; reason: string }[];
  /** Outputs shown while an operation is previewed, where inputs plus unknown computed outputs are not enough. */
  readonly preview?: (inputs: Properties, olds: Properties | undefined) => Properties;
  create(client: Client, inputs: z.infer<Schema>, operation: CreateOperation): Promise<Reading>;
  /** Undefined when the object is gone. */
  read(client: Client, operation: ExistingOperation): Promise<Reading | undefined>;
  /** Absent: every input replaces. */
  update?(client: Client, inputs: z.infer<Schema>, operation: ExistingOperation): Promise<Reading>;
  delete(client: Client, operation: ExistingOperation): Promise<void>;
}

/** A resource type as the server uses it. */
export interface ResourceType<Client> extends ResourceTraits {
  readonly schema: z.ZodObject;
  readonly expect: (inputs: PlainProperties) => readonly { property: string; reason: string }[];
  readonly preview?: (inputs: Properties, olds: Properties | undefined) => Properties;
  create(client: Client, inputs: PlainProperties, operation: CreateOperation): Promise<Reading>;
  read(client: Client, operation: ExistingOperation): Promise<Reading | undefined>;
  readonly update?: (
    client: Client,
    inputs: PlainProperties,
    operation: ExistingOperation,
  ) => Promise<Reading>;
  delete(client: Client, operation: ExistingOperation): Promise<void>;
}

/** Declares a resource type. */
export function resourceType<Schema extends z.ZodObject, Client>(
  declaration: ResourceDeclaration<Schema, Client>,
): ResourceType<Client> {
  const { inputs: schema, create, read, update, delete: remove, expect, preview, ...traits } = declaration;
  const parse = (inputs: PlainProperties) => schema.parse(withoutMarkers(inputs));
  return {
    ...traits,
    schema,
    expect: expect ?? (() => []),
    ...(preview === undefined ? {} : { preview }),
    create: (client, inputs, operation) => create(client, parse(inputs), operation),
    read: (client, operation) => read(client, operation),
    ...(update === undefined
      ? {}
      : {
          update: (client: Client, inputs: PlainProperties, operation: ExistingOperation) =>
            update(client, parse(inputs), operation),
        }),
    delete: (client, operation) => remove(client, operation),
  };
}

/** Inputs without what Pulumi and this kit note beside them (names that begin with two underscores). */
export function withoutMarkers(inputs: PlainProperties): PlainProperties {
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => !name.startsWith("__")));
}

/** A function that programs call, as its file declares it. */
export interface FunctionDeclaration<Schema extends z.ZodObject, Client> {
  readonly token: string;
  readonly description: string;
  readonly inputs: Schema;
  readonly secretOutputs?: readonly string[];
  run(client: Client, inputs: z.infer<Schema>, operation: Operation): Promise<PlainProperties>;
}

/** A function as the server uses it. */
export interface FunctionType<Client> {
  readonly token: string;
  readonly description: string;
  readonly schema: z.ZodObject;
  readonly secretOutputs: readonly string[];
  run(client: Client, inputs: PlainProperties, operation: Operation): Promise<PlainProperties>;
}

/** Declares a function. */
export function functionType<Schema extends z.ZodObject, Client>(
  declaration: FunctionDeclaration<Schema, Client>,
): FunctionType<Client> {
  const { token, description, inputs: schema, secretOutputs = [] } = declaration;
  return {
    token,
    description,
    schema,
    secretOutputs,
    run: (client, inputs, operation) => declaration.run(client, schema.parse(inputs), operation),
  };
}
