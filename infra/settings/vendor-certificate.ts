import { X509Certificate } from "node:crypto";
import type { VendorCertificateSettings } from "../../components/permissions/settings";
import type { Problems } from "./problems";

/** Reads a file named in the settings. */
export type FileReader = (path: string) => Uint8Array;

/**
 * Reads the public certificate that a vendor made, PEM or DER (CER). A file with a private key is refused before anything
 * else is done with it. Notes what is wrong and answers undefined.
 */
export function readVendorCertificate(
  file: string,
  path: string,
  reader: FileReader,
  asOf: string,
  problems: Problems,
): VendorCertificateSettings | undefined {
  const content = readContent(file, path, reader, problems);
  if (content === undefined) return undefined;
  const certificate = parse(content, path, problems);
  if (certificate === undefined) return undefined;
  const notAfter = new Date(certificate.validTo).toISOString();
  if (notAfter <= asOf) {
    problems.add(
      path,
      `the certificate expired on ${notAfter.slice(0, 10)}.`,
      "Download the current one from the vendor.",
    );
    return undefined;
  }
  return {
    kind: "vendorCertificate",
    file,
    thumbprint: certificate.fingerprint256.replaceAll(":", ""),
    notBefore: new Date(certificate.validFrom).toISOString(),
    notAfter,
    certificatePem: certificate.toString(),
  };
}

function readContent(file: string, path: string, reader: FileReader, problems: Problems): Buffer | undefined {
  try {
    return Buffer.from(reader(file));
  } catch {
    problems.add(
      path,
      `the file ${JSON.stringify(file)} can't be read.`,
      "Give a path that is relative to the project.",
    );
    return undefined;
  }
}

function parse(content: Buffer, path: string, problems: Problems): X509Certificate | undefined {
  const text = content.toString("latin1");
  if (/PRIVATE KEY/.test(text)) {
    problems.add(
      path,
      "the file holds a private key.",
      "Only the public certificate belongs here (PEM or CER). Remove the key from the repository and have the vendor replace it.",
    );
    return undefined;
  }
  if (text.split("-----BEGIN CERTIFICATE-----").length > 2) {
    problems.add(
      path,
      "the file holds several certificates.",
      "Give a file with the vendor's own certificate alone.",
    );
    return undefined;
  }
  try {
    return new X509Certificate(content);
  } catch {
    problems.add(
      path,
      "the file is no certificate.",
      "Give the public certificate as PEM or CER. A PFX file holds the private key and is not taken.",
    );
    return undefined;
  }
}
