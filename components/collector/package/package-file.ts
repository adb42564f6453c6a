/** A package as the platform takes it. */
export interface FunctionPackageFile {
  /** The zip: index.js and what it loads later, host.json, package.json, and the licences of what was bundled. */
  readonly zip: Uint8Array;
  /** SHA-256 of the zip, lower-case hexadecimal. */
  readonly sha256: string;
}
