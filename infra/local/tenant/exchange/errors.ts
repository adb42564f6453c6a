/** A refusal of the Exchange admin API. */
export class ExchangeError extends Error {
  override readonly name = "ExchangeError";

  constructor(
    readonly status: 400 | 403 | 404,
    readonly code: "BadRequest" | "Forbidden" | "NotFound",
    message: string,
    /** The name of the exception that a PowerShell client would see. */
    readonly exception = "",
  ) {
    super(message);
  }

  /** The body in the service's form: clients cut the exception out of the details. */
  body(): unknown {
    if (this.exception === "") return { error: { code: this.code, message: this.message } };
    return {
      error: {
        code: this.code,
        message: `Error executing request. ${this.message}`,
        details: [{ code: "Context", target: "", message: `Ex000001|${this.exception}|${this.message}` }],
        innererror: {
          message: this.message,
          type: "Microsoft.Exchange.Admin.OData.Core.ODataServiceException",
          stacktrace: "",
        },
      },
    };
  }
}

export const refusals = {
  noRole: (clientId: string) =>
    new ExchangeError(
      403,
      "Forbidden",
      `The role assigned to application ${clientId} isn't supported in this scenario. Please check online ` +
        "documentation for assigning correct Directory Roles to Azure AD Application for EXO App-Only Authentication.",
    ),
  unknownCommand: (name: string) =>
    new ExchangeError(
      400,
      "BadRequest",
      `The term '${name}' is not recognized as the name of a cmdlet, function, script file, or operable program. ` +
        "Check the spelling of the name, or if a path was included, verify that the path is correct and try again.",
      "System.Management.Automation.CommandNotFoundException",
    ),
  unknownParameter: (name: string) =>
    new ExchangeError(
      400,
      "BadRequest",
      `A parameter cannot be found that matches parameter name '${name}'.`,
      "System.Management.Automation.ParameterBindingException",
    ),
  badValue: (name: string) =>
    new ExchangeError(
      400,
      "BadRequest",
      `Cannot process argument transformation on parameter '${name}'.`,
      "System.Management.Automation.ParameterBindingException",
    ),
  notFound: (identity: string) =>
    new ExchangeError(
      404,
      "NotFound",
      `The operation couldn't be performed because object '${identity}' couldn't be found on 'LOCAL01'.`,
      "Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException",
    ),
  unreadable: () => new ExchangeError(400, "BadRequest", "The request body is not a CmdletInput."),
};
