/** The kit that provider plugins are made with: declare resource types, serve them to the Pulumi engine. */
export { randomGuid, suffixed } from "./autoname";
export type { Plugin } from "./plugin";
export { requestSignal } from "./request-signal";
export {
  type CreateOperation,
  type ExistingOperation,
  functionType,
  type Operation,
  type Reading,
  resourceType,
} from "./resource-type";
export { servePlugin } from "./server";
export { isMap, type Plain, type PlainProperties, type Properties, UNKNOWN } from "./values";
