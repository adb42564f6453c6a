import { z } from "zod";
import type { Limits } from "../../http/time";
import type { Directory } from "../directory";
import type { ApplicationInputs } from "./inputs";

const listed = z.object({ value: z.array(z.object({ id: z.string() })) });

/** Thrown when `preventDuplicateNames` is set and the name is taken. */
class DuplicateNameError extends Error {
  override readonly name = "DuplicateNameError";
}

/** Refuses a display name that another application has, when the program asks for that. It never adopts the other. */
export async function refuseDuplicateName(
  directory: Directory,
  inputs: ApplicationInputs,
  limits: Limits,
): Promise<void> {
  if (inputs.preventDuplicateNames !== true) return;
  const filter = encodeURIComponent(`displayName eq '${inputs.displayName.replaceAll("'", "''")}'`);
  const { value } = listed.parse(
    (await directory.v1.call("GET", `/applications?$filter=${filter}`, limits)).body,
  );
  const [first] = value;
  if (first === undefined) return;
  throw new DuplicateNameError(
    `An application named "${inputs.displayName}" exists already (object id ${first.id}) and preventDuplicateNames is set: choose another name, or import that one.`,
  );
}
