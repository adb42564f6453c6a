import type { ArmOperation } from "./call";
import { ArmError } from "./errors";

/** An operation found for a request, with the texts at the places of its path. */
export interface Match {
  readonly operation: ArmOperation;
  readonly params: ReadonlyMap<string, string>;
}

interface Compiled {
  readonly operation: ArmOperation;
  readonly expression: RegExp;
  readonly places: readonly string[];
}

/** Finds operations by method and path. */
export class Router {
  readonly #compiled: readonly Compiled[];

  constructor(operations: readonly ArmOperation[]) {
    this.#compiled = operations.map(compile);
  }

  /** @throws ArmError 404 for a path nothing is served at, 405 for another method. */
  find(method: string, path: string): Match {
    const trimmed = path.length > 1 ? path.replace(/\/+$/, "") : path;
    const matching = this.#compiled.filter(({ expression }) => expression.test(trimmed));
    const found = matching.find(({ operation }) => operation.method === method);
    if (found === undefined) throw matching.length === 0 ? unknownPath(trimmed) : wrongMethod(method);
    const values = found.expression.exec(trimmed)?.slice(1) ?? [];
    return {
      operation: found.operation,
      params: new Map(found.places.map((place, index) => [place, decode(values[index] ?? "")])),
    };
  }
}

function compile(operation: ArmOperation): Compiled {
  const places: string[] = [];
  const source = operation.path
    .replace(/[.]/g, "\\.")
    .replace(/^\/\{(scope)\}|\{(\w+)\}/g, (_, scope: string | undefined, place: string) => {
      places.push(scope ?? place);
      return scope === undefined ? "([^/]+)" : "(.*?)";
    });
  return { operation, expression: new RegExp(`^${source}$`, "i"), places };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ArmError(400, "InvalidRequestUri", "The request uri is not encoded correctly.");
  }
}

function unknownPath(path: string): ArmError {
  const [, namespace, ...rest] = /\/providers\/([^/]+)((?:\/[^/]+)*)$/i.exec(path) ?? [];
  if (namespace === undefined) {
    return new ArmError(404, "NotFound", `Resource Manager serves nothing at '${path}'.`);
  }
  return new ArmError(
    404,
    "InvalidResourceType",
    `The resource type '${rest[0]?.split("/")[1] ?? ""}' could not be found in the namespace '${namespace}'. ` +
      "The local tenant serves the types that the product declares and no others.",
  );
}

function wrongMethod(method: string): ArmError {
  return new ArmError(
    405,
    "MethodNotAllowed",
    `The requested resource does not support http method '${method}'.`,
  );
}
