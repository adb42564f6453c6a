/** Thrown for a deployment site that is not in the cloud's own domain: no token is sent there. */
export class ForeignSiteError extends Error {
  override readonly name = "ForeignSiteError";
}

/** Thrown when the package was built from other sources than the program's. */
export class PackageChangedError extends Error {
  override readonly name = "PackageChangedError";
}

/** Thrown when the app's deployment site refuses, fails or does not answer. */
export class PublishError extends Error {
  override readonly name = "PublishError";
}
