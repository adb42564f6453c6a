/** The local Functions host: runs a deployed package as Azure Functions does. */
export type {
  FunctionAppSpec,
  FunctionAppState,
  FunctionSummary,
  RunningFunctionApp,
  StartFunctionApp,
} from "./app";
