/** A refusal of the Management Activity API; becomes `{"error":{"code","message"}}` with that status. */
export class ActivityError extends Error {
  override readonly name = "ActivityError";

  constructor(
    readonly status: 400 | 401 | 403 | 404 | 405,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Codes and texts of the page "Office 365 Management Activity API reference: errors". */
export const refusals = {
  permission: (roles: readonly string[]) =>
    new ActivityError(
      401,
      "AF10001",
      `The permission set (${roles.join(" ")}) sent in the request does not include the expected permission.`,
    ),
  missing: (parameter: string) => new ActivityError(400, "AF20001", `Missing parameter: ${parameter}.`),
  invalid: (parameter: string, expected: string) =>
    new ActivityError(400, "AF20002", `Invalid parameter type: ${parameter}. Expected type: ${expected}`),
  otherTenant: (inUrl: string, inToken: string) =>
    new ActivityError(
      400,
      "AF20010",
      `The tenant ID passed in the URL (${inUrl}) does not match the tenant ID passed in the access token (${inToken}).`,
    ),
  notAudited: (tenantId: string) =>
    new ActivityError(
      400,
      "AF20012",
      `Specified tenant ID (${tenantId}) is incorrectly configured in the system.`,
    ),
  notATenant: () => new ActivityError(400, "AF20013", "The tenant ID passed in the URL is not a valid GUID."),
  contentType: (name: string) =>
    new ActivityError(400, "AF20020", `The specified content type is not valid: ${name}.`),
  webhook: (address: string) =>
    new ActivityError(
      400,
      "AF20021",
      `The webhook endpoint (${address}) could not be validated. The endpoint did not return HTTP 200.`,
    ),
  noSubscription: () =>
    new ActivityError(400, "AF20022", "No subscription found for the specified content type"),
  disabled: (by: string) => new ActivityError(400, "AF20023", `The subscription was disabled by ${by}.`),
  alreadyEnabled: () =>
    new ActivityError(400, "AF20024", "The subscription is already enabled. No property change."),
  window: () =>
    new ActivityError(
      400,
      "AF20030",
      "Start time and end time must both be specified (or both omitted) and must be less than or equal to 24 hours " +
        "apart, with the start time no more than 7 days in the past.",
    ),
  nextPage: (token: string) => new ActivityError(400, "AF20031", `Invalid nextPage Input: ${token}.`),
  noContent: (id: string) =>
    new ActivityError(400, "AF20050", `The specified content (${id}) does not exist.`),
  expired: (id: string) =>
    new ActivityError(
      400,
      "AF20051",
      `Content requested with the key ${id} has already expired. Content older than 7 days cannot be retrieved.`,
    ),
  throttled: (method: string, publisher: string) =>
    new ActivityError(403, "AF429", `Too many requests. Method=${method}, PublisherId=${publisher}`),
};
