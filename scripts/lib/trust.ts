import tls from "node:tls";

/**
 * Trusts further certificate authorities in this process, beside Node's own. NODE_EXTRA_CA_CERTS does the same but is read only
 * when a process starts, and the local tenant's authority is made by the process that then talks to it.
 * @param pem one or more certificates
 */
export function trustCertificates(pem: string): void {
  const authorities = [...tls.rootCertificates, pem];
  const create = tls.createSecureContext;
  tls.createSecureContext = (options) => create(options?.ca ? options : { ...options, ca: authorities });
}
