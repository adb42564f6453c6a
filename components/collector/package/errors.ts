/** Thrown when the deployment package can't be built. */
export class PackageError extends Error {
  override readonly name = "PackageError";
}
