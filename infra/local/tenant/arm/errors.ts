/** A refusal by Azure Resource Manager; becomes `{"error":{"code","message"}}` with that status. */
export class ArmError extends Error {
  override readonly name = "ArmError";

  constructor(
    readonly status: 400 | 401 | 403 | 404 | 405 | 409,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** Sent with everything that a client should try again: the official plugin waits 10 s or more without it. */
export const retrySoon: Readonly<Record<string, string>> = { "retry-after": "1" };

/** 404: the resource group exists, the resource does not. */
export const resourceNotFound = (resource: string, resourceGroup: string): ArmError =>
  new ArmError(
    404,
    "ResourceNotFound",
    `The Resource '${resource}' under resource group '${resourceGroup}' was not found. ` +
      "For more details please go to https://aka.ms/ARMResourceNotFoundFix",
  );

/** 404: there is no such resource group. */
export const resourceGroupNotFound = (name: string): ArmError =>
  new ArmError(404, "ResourceGroupNotFound", `Resource group '${name}' could not be found.`);

/** 400: the body's form is wrong. */
export const invalidContent = (message: string): ArmError =>
  new ArmError(
    400,
    "InvalidRequestContent",
    `The request content was invalid and could not be deserialized: '${message}'.`,
  );

/** 400 in a resource provider's own words. */
export const badRequest = (message: string): ArmError => new ArmError(400, "BadRequest", message);
