/** Microsoft Graph's error replies (page "Microsoft Graph error responses and resource types"). */

/** A refusal of one request; becomes `{"error":{"code","message","innerError"}}` with that status. */
export class GraphError extends Error {
  override readonly name = "GraphError";

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** 400 with OData's own code: the query can't be understood. */
export const badQuery = (message: string): GraphError => new GraphError(400, "BadRequest", message);

/** 400: understood, but the directory does not answer such a query (page "Advanced query capabilities"). */
export const unsupportedQuery = (message: string): GraphError =>
  new GraphError(400, "Request_UnsupportedQuery", message);

/** 400: the body is wrong. */
export const badRequest = (message: string): GraphError => new GraphError(400, "Request_BadRequest", message);

/** 403: the token's app roles, or the caller's directory roles, do not allow the call. */
export const denied = (message = "Insufficient privileges to complete the operation."): GraphError =>
  new GraphError(403, "Authorization_RequestDenied", message);

/** 404 in the words that clients match with regular expressions. */
export const notFound = (id: string): GraphError =>
  new GraphError(
    404,
    "Request_ResourceNotFound",
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );

/** 400 for a reference to an object that does not exist, or has not reached the place that checks it. */
export const referenceNotFound = (id: string): GraphError =>
  badRequest(
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );

/** 501: Microsoft Graph has this call, the local tenant does not. */
export const notServed = (method: string, path: string): GraphError =>
  new GraphError(
    501,
    "NotImplemented",
    `The local tenant does not serve ${method} ${path}. Microsoft Graph does: try it against a real tenant.`,
  );
