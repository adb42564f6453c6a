/**
 * The module `@azure/functions-core`, which the platform's Node.js worker provides and `@azure/functions` asks for:
 * without it the library falls back to a test mode in which nothing is registered.
 */
import Module from "node:module";
import type { FunctionMetadata, InvocationRequest, InvocationResponse, LogLevel } from "./protocol";

type FunctionCallback = (...values: unknown[]) => unknown;
type HookCallback = (context: object) => unknown;

/** What the library calls back with, per invocation. */
export interface CoreContext {
  readonly invocationId: string;
  readonly request: InvocationRequest;
  readonly metadata: FunctionMetadata;
  /** Read by the library: decides whether a late log line is warned about. */
  state?: "preInvocationHooks" | "invocation" | "postInvocationHooks";
  log(level: LogLevel, category: string, message: string): void;
}

/** The library's own way to turn protocol data into arguments, and a result into protocol data. */
interface InvocationModel {
  getArguments(): Promise<{ context: object; inputs: unknown[] }>;
  invokeFunction(context: object, inputs: unknown[], callback: FunctionCallback): Promise<unknown>;
  getResponse(context: object, result: unknown): Promise<InvocationResponse>;
}

/** What the library hands over by `setProgrammingModel`. */
interface ProgrammingModel {
  readonly name: string;
  readonly version: string;
  getInvocationModel(context: CoreContext): InvocationModel;
  getCapabilities(capabilities: Record<string, string>): Promise<Record<string, string>>;
}

/** What a program registered. */
export interface Registrations {
  model: ProgrammingModel | undefined;
  readonly functions: Map<
    string,
    { readonly metadata: FunctionMetadata; readonly callback: FunctionCallback }
  >;
  readonly hooks: Map<string, Set<HookCallback>>;
}

interface LoadingModule {
  _load(request: string, ...rest: unknown[]): unknown;
  _nodeModulePaths(from: string): string[];
}

/** Lets `require("@azure/functions-core")` answer with an API that writes into the registrations. */
export function provideCoreApi(
  registrations: Registrations,
  log: (level: LogLevel, category: string, message: string) => void,
): void {
  const api = {
    version: "4.1000.0",
    setProgrammingModel: (model: ProgrammingModel) => {
      registrations.model = model;
    },
    getProgrammingModel: () => registrations.model,
    registerFunction: (metadata: FunctionMetadata, callback: FunctionCallback) => {
      if (registrations.functions.has(metadata.name))
        throw new Error(`A function with the name "${metadata.name}" is registered already.`);
      registrations.functions.set(metadata.name, { metadata, callback });
      return { dispose: () => registrations.functions.delete(metadata.name) };
    },
    registerHook: (name: string, callback: HookCallback) => {
      const callbacks = registrations.hooks.get(name) ?? new Set();
      registrations.hooks.set(name, callbacks.add(callback));
      return { dispose: () => callbacks.delete(callback) };
    },
    log,
  };
  const loader = Module as unknown as LoadingModule;
  const load = loader._load;
  loader._load = function (request, ...rest) {
    return request === "@azure/functions-core" ? api : load.call(this, request, ...rest);
  };
}

/** Keeps a program from finding packages beside its own folder: in the cloud there is nothing beside it. */
export function confineModules(root: string): void {
  const loader = Module as unknown as LoadingModule;
  const paths = loader._nodeModulePaths;
  loader._nodeModulePaths = function (from) {
    return paths.call(this, from).filter((path) => path.startsWith(root));
  };
}
