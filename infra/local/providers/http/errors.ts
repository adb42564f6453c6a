import { z } from "zod";

/** An answer of a service that says no. `message` is one readable sentence with code and request id. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly request: string,
    readonly status: number,
    readonly code: string,
    /** The service's own words. */
    readonly text: string,
    readonly requestId: string | undefined,
  ) {
    super(
      `${request} answered ${status} ${code}: ${text}${requestId === undefined ? "" : ` (request id ${requestId})`}`,
    );
  }
}

/** The service could not be reached at all. */
export class UnreachableError extends Error {
  override readonly name = "UnreachableError";

  constructor(origin: string, cause: unknown) {
    super(
      `Nothing answers at ${origin} (${reasonOf(cause)}). If this is the local tenant, start it with \`npm run -s cli -- tenant start\` and run the command again.`,
      { cause },
    );
  }
}

/** A message for certificates that are not trusted, refused connections and the like: the code, else the text. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const { code } = cause as NodeJS.ErrnoException;
  return code ?? (cause.message || cause.name);
}

const errorBody = z.object({
  error: z.union([z.object({ code: z.string().optional(), message: z.unknown().optional() }), z.string()]),
  error_description: z.string().optional(),
});

const localizedText = z.object({ value: z.string() });

/** The error of an answer: Graph's and ARM's `error.code` and `error.message`, or the token endpoint's words. */
export function apiError(
  request: string,
  status: number,
  body: unknown,
  requestId: string | undefined,
): ApiError {
  const parsed = errorBody.safeParse(body);
  if (!parsed.success)
    return new ApiError(request, status, "Error", "the answer has no error body", requestId);
  const { error, error_description: description } = parsed.data;
  if (typeof error === "string")
    return new ApiError(request, status, error, firstLine(description ?? ""), requestId);
  return new ApiError(request, status, error.code ?? "Error", textOf(error.message), requestId);
}

function textOf(message: unknown): string {
  if (typeof message === "string") return firstLine(message);
  const localized = localizedText.safeParse(message);
  return localized.success ? firstLine(localized.data.value) : "no message";
}

function firstLine(text: string): string {
  return text.split(/\r?\n/, 1)[0] ?? text;
}
