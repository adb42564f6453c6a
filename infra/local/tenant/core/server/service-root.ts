/**
 * Header by which a service learns the URL below which the client reaches it, without trailing slash:
 * `https://127.0.0.1:8443/graph` or `https://graph.microsoft.com`. Set on every request; what a client sends under
 * this name is discarded. `request-id` and `client-request-id` are always set as well.
 */
export const serviceRootHeader = "x-service-root";
