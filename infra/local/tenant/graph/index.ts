export { createGraphApp, type GraphOptions } from "./app";
