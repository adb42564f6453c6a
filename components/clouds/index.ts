/** The clouds of Microsoft and how one is chosen. */
export type { AuthorityTrust, Cloud } from "./cloud";
export { discoverCloud } from "./discover";
export { CloudDiscoveryError, UnknownCloudError } from "./errors";
export { type CloudChoice, cloudByName, cloudNames, resolveCloud, withGraphDomain } from "./resolve";
