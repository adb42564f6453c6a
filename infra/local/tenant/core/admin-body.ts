import type { Context } from "hono";
import type { z } from "zod";

/** A request of the admin endpoint that can't be read. */
export class BadRequestError extends Error {
  override readonly name = "BadRequestError";
}

/** The body as the schema says; none is an empty object. Throws BadRequestError. */
export async function read<T extends z.ZodType>(context: Context, schema: T): Promise<z.output<T>> {
  const result = schema.safeParse(await readJson(context));
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => [path.join("."), message].join(" ").trim());
  throw new BadRequestError(`${problems.join("; ")}.`);
}

async function readJson(context: Context): Promise<unknown> {
  const text = await context.req.text();
  if (text === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new BadRequestError("The body is not JSON.");
  }
}
