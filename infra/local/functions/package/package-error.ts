/** A published zip, or its host.json, is not what the platform runs. */
export class PackageError extends Error {
  override readonly name = "PackageError";
}
