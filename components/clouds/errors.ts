/** A cloud or Graph domain that the settings name and the product does not know, or two that contradict each other. */
export class UnknownCloudError extends Error {
  override readonly name = "UnknownCloudError";
}

/** The endpoints of a cloud could not be read from its metadata host. */
export class CloudDiscoveryError extends Error {
  override readonly name = "CloudDiscoveryError";
}
