import { type Call, type HttpMethod, pathText } from "../capabilities/call";

/** A call in words. */
export interface CallText {
  readonly method: HttpMethod;
  readonly path: string;
  /** What narrows it: the properties that are written or selected. */
  readonly only?: string;
  /** Permissions that the service asks for beside the one in question. */
  readonly together: readonly string[];
}

/** A call as a person writes it, with what a permission needs beside it. */
export function callText(call: Call, value?: string): CallText {
  const sets = value === undefined ? call.accepts : call.accepts.filter((set) => set.includes(value));
  const [least = []] = [...sets].sort((a, b) => a.length - b.length);
  const only = call.properties?.join(", ") ?? call.select;
  return {
    method: call.method,
    path: pathText(call),
    ...(only === undefined ? {} : { only }),
    together: least.filter((one) => one !== value),
  };
}
