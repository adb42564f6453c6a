/** Signing in as a connector's application: by the managed identity it trusts, or by a key that stays in its vault. */
export { connectorCredential } from "./connector-credential";
