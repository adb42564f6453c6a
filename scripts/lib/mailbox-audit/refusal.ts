/** Why Exchange did not do what it was asked, and what to do about it. */
import { z } from "zod";
import { UserError } from "../errors";

/** An answer of Exchange that is no result. */
interface Refused {
  /** HTTP status; 0 for an answer that can't be used. */
  readonly status: number;
  readonly cmdlet: string;
  /** Exchange's own words. */
  readonly said: string;
}

/** Exchange refuses a cmdlet. */
export class ExchangeRefusal extends Error {
  override readonly name = "ExchangeRefusal";

  constructor(readonly refused: Refused) {
    const { status, cmdlet, said } = refused;
    super([cmdlet, status === 0 ? "" : `${status}`, said].filter((part) => part !== "").join(" "));
  }
}

const lag = "What was granted a moment ago takes Exchange up to an hour: then run it again.";

/** In words for the person at the keyboard; anything but a refusal is answered as it is. */
export function explained(error: unknown, registration: string): unknown {
  if (error instanceof z.ZodError) {
    const where = error.issues[0]?.path.join(".") ?? "";
    return new UserError(`Exchange's answer is of another shape than this version knows (${where}).`, {
      next: "Run it again; if it stays, look at auditing in Exchange Online PowerShell.",
      cause: error,
    });
  }
  if (!(error instanceof ExchangeRefusal)) return error;
  const { status, cmdlet, said } = error.refused;
  const words = said === "" ? "" : ` Exchange says: ${said}`;
  if (status === 401) {
    return new UserError(
      `Exchange takes no token of "${registration}" (401): the tenant has not granted it the app role Exchange.ManageAsApp.`,
      {
        next: `See what is granted: npm run -s cli -- test-connection "${registration}"\n${lag}`,
        cause: error,
      },
    );
  }
  if (status === 403 || /CommandNotFound|is not recognized as/.test(said)) {
    return new UserError(
      `"${registration}" may not run ${cmdlet} (${status}): it does not hold the directory role Exchange Administrator.${words}`,
      {
        next: `Have the stack assign it: npm run -s cli -- up --refresh\nor an administrator: Entra admin center > Roles and administrators > Exchange Administrator > Add assignments\n${lag}`,
        cause: error,
      },
    );
  }
  if (status === 429 || status >= 500) {
    return new UserError(`Exchange stays busy (${status}): ${cmdlet} was tried several times.${words}`, {
      next: "Run it again in some minutes. What was changed already is not changed twice.",
      cause: error,
    });
  }
  if (/Enable-OrganizationCustomization/.test(said)) {
    return new UserError(`The organization does not allow ${cmdlet} yet.${words}`, {
      next: "An administrator runs Enable-OrganizationCustomization once in Exchange Online PowerShell; then run it again.",
      cause: error,
    });
  }
  return new UserError(`Exchange does not run ${cmdlet} (${status}).${words}`, { cause: error });
}
