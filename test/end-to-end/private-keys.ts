import { createPrivateKey } from "node:crypto";

/** Whether a text holds a private key in clear: as PEM, as JWK, or as base64 of PKCS #8, PKCS #1 or SEC 1. */
export function holdsPrivateKey(text: string): boolean {
  if (/PRIVATE KEY/.test(text) || /\\?"d\\?"\s*:\s*\\?"[\w-]{40,}/.test(text)) return true;
  const blobs = text.match(/[A-Za-z0-9+/]{100,}={0,2}/g) ?? [];
  return blobs.some((blob) => {
    const key = Buffer.from(blob, "base64");
    return (["pkcs8", "pkcs1", "sec1"] as const).some((type) => isKey(key, type));
  });
}

function isKey(key: Buffer, type: "pkcs8" | "pkcs1" | "sec1"): boolean {
  try {
    createPrivateKey({ key, format: "der", type });
    return true;
  } catch {
    return false;
  }
}
