/** A request body above the limit of its service. */
export class BodyTooLargeError extends Error {
  override readonly name = "BodyTooLargeError";

  constructor(readonly limit: number) {
    super(`The request body is above the limit of ${limit} bytes.`);
  }
}

/** The bytes of a request's body, or undefined when it has none. Throws `BodyTooLargeError` as soon as it is known. */
export async function readBody(
  request: Request,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw new BodyTooLargeError(limit);
  if (request.method === "GET" || request.method === "HEAD" || request.body === null) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > limit) throw new BodyTooLargeError(limit);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** Reads what is left of a request's body and forgets it: a client that is cut off while it sends never sees the answer. */
export async function drain(request: Request): Promise<void> {
  if (request.body === null || request.bodyUsed) return;
  try {
    for await (const _ of request.body);
  } catch {
    // The client went away: nobody waits for an answer.
  }
}
