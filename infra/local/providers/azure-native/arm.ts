import { z } from "zod";
import type { CreateOperation, PlainProperties } from "../../../../components/plugin/serve";
import type { Api, CallOptions } from "../http/api";
import { type Limits, pause } from "../http/time";
import { type HttpAnswer, text } from "../http/transport";
import { type ArmKind, versioned } from "./api-versions";

/** How long to wait between looks at an operation when the service does not say. */
const POLL_MILLISECONDS = 1000;

const armResource = z.looseObject({
  id: z.string(),
  name: z.string().nullish(),
  type: z.string().nullish(),
  location: z.string().nullish(),
  tags: z.record(z.string(), z.string()).nullish(),
  properties: z.record(z.string(), z.unknown()).nullish(),
});

/** A resource as ARM returns it. */
export type ArmResource = z.infer<typeof armResource>;

/** Thrown when what is to be made is there already: it is never adopted. */
class AlreadyExistsError extends Error {
  override readonly name = "AlreadyExistsError";

  constructor(path: string) {
    super(
      `cannot create already existing resource '${path}'; import it with \`pulumi import\`, or choose another name.`,
    );
  }
}

/** Thrown when an asynchronous operation of ARM ended badly. */
class ArmOperationError extends Error {
  override readonly name = "ArmOperationError";
}

/** How a creation differs from the usual. */
interface CreationOptions extends CallOptions {
  /** Done after it is sure that nothing is there, before the write. */
  readonly prepare?: () => Promise<void>;
}

/** Looks first, then makes the resource, reports it and waits until it is done. */
export async function createResource(
  arm: Api,
  kind: ArmKind,
  path: string,
  body: unknown,
  operation: CreateOperation,
  outputs: (resource: ArmResource) => PlainProperties,
  { prepare, ...options }: CreationOptions = {},
): Promise<ArmResource> {
  if ((await arm.find(versioned(path, kind), operation)) !== undefined) throw new AlreadyExistsError(path);
  await prepare?.();
  const answer = await arm.call("PUT", versioned(path, kind), operation, body, options);
  const made = armResource.safeParse(answer.body);
  if (made.success) operation.created(made.data.id, outputs(made.data));
  await settled(arm, answer, operation);
  return readResource(arm, kind, path, operation);
}

/** Writes the resource anew and waits until it is done. */
export async function replaceResource(
  arm: Api,
  kind: ArmKind,
  path: string,
  body: unknown,
  limits: Limits,
  options: CallOptions = {},
): Promise<ArmResource> {
  const answer = await arm.call("PUT", versioned(path, kind), limits, body, options);
  await settled(arm, answer, limits);
  return readResource(arm, kind, path, limits);
}

/** Reads a resource that must be there. */
export async function readResource(
  arm: Api,
  kind: ArmKind,
  path: string,
  limits: Limits,
): Promise<ArmResource> {
  return armResource.parse((await arm.call("GET", versioned(path, kind), limits)).body);
}

/** Reads a resource; undefined when it is gone. */
export async function findResource(
  arm: Api,
  kind: ArmKind,
  path: string,
  limits: Limits,
): Promise<ArmResource | undefined> {
  const body = await arm.find(versioned(path, kind), limits);
  return body === undefined ? undefined : armResource.parse(body);
}

/** How a deletion differs from the usual. */
interface DeletionOptions extends CallOptions {
  /** Query beside the API version. */
  readonly query?: string | undefined;
}

/** Deletes a resource and waits until it is done; one that is gone already is no error. */
export async function deleteResource(
  arm: Api,
  kind: ArmKind,
  path: string,
  limits: Limits,
  { query, ...options }: DeletionOptions = {},
): Promise<void> {
  const url = `${versioned(path, kind)}${query === undefined ? "" : `&${query}`}`;
  const answer = await arm.call("DELETE", url, limits, undefined, { ...options, expect: [404] });
  if (answer.status !== 404) await settled(arm, answer, limits);
}

const operationStatus = z.object({
  status: z.string(),
  error: z.object({ code: z.string().optional(), message: z.string().optional() }).nullish(),
});

/** Follows `Azure-AsyncOperation` or `Location` until the operation is over. */
async function settled(arm: Api, answer: HttpAnswer, limits: Limits): Promise<void> {
  const status = text(answer.headers["azure-asyncoperation"]);
  if (status !== undefined) return followStatus(arm, status, answer, limits);
  const location = text(answer.headers.location);
  if (answer.status !== 202 || location === undefined) return;
  for (let last = answer; last.status === 202; ) {
    await pause(delayOf(last), limits, `the operation at ${location} was not over`);
    last = await arm.call("GET", location, limits, undefined, { expect: [404] });
  }
}

async function followStatus(arm: Api, url: string, first: HttpAnswer, limits: Limits): Promise<void> {
  for (let last = first; ; ) {
    await pause(delayOf(last), limits, `the operation at ${url} was not over`);
    last = await arm.call("GET", url, limits);
    const { status, error } = operationStatus.parse(last.body);
    if (status === "Succeeded") return;
    if (status === "Failed" || status === "Canceled") {
      throw new ArmOperationError(
        `The operation at ${new URL(url).pathname} ended as ${status}: ${error?.code ?? "no code"}: ${error?.message ?? "no message"}`,
      );
    }
  }
}

function delayOf(answer: HttpAnswer): number {
  const seconds = Number(text(answer.headers["retry-after"]));
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : POLL_MILLISECONDS;
}
