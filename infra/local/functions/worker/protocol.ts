/**
 * What the host and a worker process tell each other by Node's IPC channel (advanced serialization), and the part of
 * Azure Functions' worker protocol that `@azure/functions` speaks.
 */

/** A value as the worker protocol carries it: one of the fields is set. */
export interface TypedData {
  readonly string?: string;
  readonly json?: string;
  readonly bytes?: Uint8Array;
  readonly int?: number;
  readonly double?: number;
  readonly http?: HttpData;
}

/** A request to, or the answer of, an HTTP function. */
export interface HttpData {
  readonly url?: string;
  readonly method?: string;
  readonly statusCode?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: TypedData | null;
}

/** A trigger or an output of a function, as the program declared it. */
export interface Binding {
  readonly type: string;
  readonly name?: string;
  readonly direction?: string;
  readonly [property: string]: unknown;
}

/** A function as the program registered it. */
export interface FunctionMetadata {
  readonly name: string;
  /** By binding name; the return value's is `$return`. */
  readonly bindings: Readonly<Record<string, Binding>>;
}

/** What a function is called with. */
export interface InvocationRequest {
  readonly invocationId: string;
  readonly inputData: readonly { readonly name: string; readonly data: TypedData }[];
  readonly triggerMetadata: Readonly<Record<string, TypedData>>;
}

/** What a function gave back. */
export interface InvocationResponse {
  readonly outputData?: readonly { readonly name?: string; readonly data?: TypedData | null }[] | null;
  readonly returnValue?: TypedData | null;
}

export type LogLevel = "trace" | "debug" | "information" | "warning" | "error" | "critical" | "none";

/** What an error says, without being one: errors do not travel whole. */
export interface FailureText {
  readonly message: string;
  readonly stack?: string;
}

export type ToWorker =
  | { readonly kind: "load"; readonly root: string; readonly main: string }
  | { readonly kind: "invoke"; readonly functionName: string; readonly request: InvocationRequest }
  /** Run the program's terminate hooks and end. */
  | { readonly kind: "terminate" };

export type FromWorker =
  | { readonly kind: "loaded"; readonly functions: readonly FunctionMetadata[] }
  | { readonly kind: "unloadable"; readonly failure: FailureText }
  | {
      readonly kind: "log";
      readonly level: LogLevel;
      readonly category: string;
      readonly message: string;
      readonly functionName?: string;
      readonly invocationId?: string;
    }
  | { readonly kind: "done"; readonly invocationId: string; readonly response: InvocationResponse }
  | { readonly kind: "failed"; readonly invocationId: string; readonly failure: FailureText };
