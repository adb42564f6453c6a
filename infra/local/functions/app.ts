/** What a function app is to the local Functions host: a package, settings and an identity. */

/** How an app's process is had. */
export interface FunctionAppSpec {
  /** The site's name, as in logs. */
  readonly name: string;
  /** Scratch folder of the app, made when absent: the unpacked package, the log, the timers' memory. */
  readonly folder: string;
  /** Path of the published zip. */
  readonly packageZip: string;
  /** App settings as declared; Key Vault references are resolved when the app starts. */
  readonly settings: Readonly<Record<string, string>>;
  /** The managed identity endpoint and the header that names this site. */
  readonly identity: { readonly endpoint: string; readonly header: string };
  /** Resource id of the user-assigned identity that reads Key Vault references; absent: the system-assigned one. */
  readonly keyVaultReferenceIdentity?: string;
  /** Where the vault of that name is, for references by `VaultName=…`; default `https://<name>.vault.azure.net`. */
  readonly vaultUri?: (vaultName: string) => string | undefined;
  /** Opens every function, also those of level `admin`. */
  readonly masterKey: string;
  /** Opens functions of level `function`. */
  readonly functionKey: string;
  /** Certificate authority that the app trusts besides the public ones. */
  readonly caFile: string;
  /** Ends an invocation sooner than host.json says; for tests. */
  readonly timeLimitSeconds?: number;
  /** How many worker processes the app may grow to by its queues' length. Default 1. */
  readonly maximumInstances?: number;
  /** For how long a message is hidden while a function works on it; renewed at half of it. Default 600, as the platform. */
  readonly messageLeaseSeconds?: number;
}

/** A function of a running app, as `functions list` of ARM needs it. */
export interface FunctionSummary {
  readonly name: string;
  /** The trigger and the outputs, as declared. */
  readonly bindings: readonly Readonly<Record<string, unknown>>[];
  /** Path of an HTTP function, for example `/api/sync`. */
  readonly path?: string;
}

/** `running`; `starting`; or why no worker can be started (it is tried again with growing pauses). */
export type FunctionAppState =
  | { readonly state: "running" | "starting" | "stopped" }
  | { readonly state: "failed"; readonly message: string };

/** A function app that was started. */
export interface RunningFunctionApp {
  /** Where its HTTP functions are, plain http on loopback, without trailing slash; 503 while no worker is there. */
  readonly origin: string;
  /** One line a record: time, level, function, invocation, message. No secret is ever in it. */
  readonly logFile: string;
  /** The functions of the package; empty until a worker has loaded it. */
  functions(): readonly FunctionSummary[];
  state(): FunctionAppState;
  /** Takes no more work, lets what runs finish for some seconds, then ends the processes. */
  stop(): Promise<void>;
}
