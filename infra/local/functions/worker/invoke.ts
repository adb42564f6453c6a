import type { CoreContext, Registrations } from "./core-api";
import type { FromWorker, InvocationRequest, InvocationResponse } from "./protocol";

/** Calls the hooks of that name in the order of their registration. */
export async function callHooks(registrations: Registrations, name: string, context: object): Promise<void> {
  for (const callback of registrations.hooks.get(name) ?? []) await callback(context);
}

/**
 * One call of a function, through the library's own invocation model, as the platform's worker does it: arguments,
 * hooks before, the function, hooks after (which may change the result or the error), the response.
 */
export async function invoke(
  registrations: Registrations,
  functionName: string,
  request: InvocationRequest,
  tell: (message: FromWorker) => void,
): Promise<InvocationResponse> {
  const { invocationId } = request;
  const found = registrations.functions.get(functionName);
  if (found === undefined || registrations.model === undefined)
    throw new Error(`There is no function "${functionName}".`);
  const core: CoreContext = {
    invocationId,
    request,
    metadata: found.metadata,
    log: (level, category, message) =>
      tell({ kind: "log", level, category, message, functionName, invocationId }),
  };
  const model = registrations.model.getInvocationModel(core);
  const { context, inputs } = await model.getArguments();
  const hookData = {};
  const shared = { hookData, appHookData: {}, invocationContext: context };
  const before = { ...shared, inputs, functionCallback: found.callback };
  core.state = "preInvocationHooks";
  await callHooks(registrations, "preInvocation", before);
  core.state = "invocation";
  const after = {
    ...shared,
    inputs: before.inputs,
    result: undefined as unknown,
    error: undefined as unknown,
  };
  try {
    after.result = await model.invokeFunction(context, before.inputs, before.functionCallback);
  } catch (error) {
    after.error = error ?? new Error("The function threw nothing.");
  }
  core.state = "postInvocationHooks";
  await callHooks(registrations, "postInvocation", after);
  if (after.error !== undefined && after.error !== null) throw after.error;
  return model.getResponse(context, after.result);
}
