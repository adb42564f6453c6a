/** The clouds of Microsoft and how one is chosen. */
export type { Cloud } from "./cloud";
export { CloudDiscoveryError, UnknownCloudError } from "./errors";
export { cloudByName, cloudNames, resolveCloud, withGraphDomain } from "./resolve";
