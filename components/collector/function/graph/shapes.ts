/** The shapes of replies: everything is checked once, where it enters. */
import type { z } from "zod";
import type { Page } from "./client";
import { MalformedReplyError } from "./exchange";
import { serviceError } from "./failures";

/** One object. */
export function objectReader<Output>(schema: z.ZodType<Output>): (body: unknown) => Output {
  return (body) => {
    refuseError(body);
    return checked(schema, body, undefined);
  };
}

/** A page of a collection. */
export function pageReader<Item>(schema: z.ZodType<Item>): (body: unknown) => Page<Item> {
  return (body) => {
    refuseError(body);
    if (typeof body !== "object" || body === null || !("value" in body) || !Array.isArray(body.value))
      throw new MalformedReplyError("it is not a page: `value` is not a list");
    const values: readonly unknown[] = body.value;
    return {
      items: values.map((value, index) => checked(schema, value, index)),
      nextLink: link(body, "@odata.nextLink"),
      deltaLink: link(body, "@odata.deltaLink"),
    };
  };
}

function checked<Output>(schema: z.ZodType<Output>, value: unknown, index: number | undefined): Output {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = index === undefined ? "" : `value[${index}]`;
  const path = [place, ...(issue?.path ?? []).map(String)].filter(Boolean).join(".");
  throw new MalformedReplyError(`${path || "the object"} has another shape (${issue?.code ?? "unknown"})`);
}

/** Some gateways answer 200 with an error as body. */
function refuseError(body: unknown): void {
  if (typeof body !== "object" || body === null || !("error" in body) || "value" in body) return;
  const { code } = serviceError(body);
  throw new MalformedReplyError(`status 200 came with an error${code && ` (${code})`}`);
}

function link(body: object, name: "@odata.nextLink" | "@odata.deltaLink"): string | undefined {
  const value: unknown = Reflect.get(body, name);
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string" && value !== "") return value;
  throw new MalformedReplyError(`${name} is not a link`);
}
