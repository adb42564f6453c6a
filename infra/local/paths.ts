/** Where the local cloud keeps its things: one git-ignored folder of the project, and a cache of the user. */
import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** The folder of the checkout, absolute. */
export function projectRoot(): string {
  return resolve(__dirname, "..", "..");
}

/** The git-ignored folder of everything local; `ENTRA_CONNECTORS_LOCAL` names another (tests run side by side so). */
export function localDirectory(): string {
  return resolve(process.env.ENTRA_CONNECTORS_LOCAL ?? join(projectRoot(), ".local"));
}

/** State, certificates and logs of the local tenant. */
export function tenantDirectory(): string {
  return join(localDirectory(), "tenant");
}

/** The engine's home: plugins and credentials of the file backend. */
export function pulumiHome(): string {
  return join(localDirectory(), "pulumi-home");
}

/** The file backend: stacks of the local tenant. */
export function stateDirectory(): string {
  return join(localDirectory(), "state");
}

/** Logs of `start` and of the engine. */
export function logDirectory(): string {
  return join(localDirectory(), "logs");
}

/** What is kept for the user over all checkouts: the engine that took minutes to build. */
export function userCacheDirectory(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "entra-connectors");
}
