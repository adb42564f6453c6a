/** The local Functions host: runs a deployed package as Azure Functions does. */
export type { FunctionAppSpec, RunningFunctionApp } from "./app";
export { startFunctionApp } from "./function-app";
export { PackageError } from "./package/package-error";
