/** Parts of request bodies that all types share. */
import { z } from "zod";
import { ArmError } from "./errors";

/** Tags of a resource. Null is taken as none, as Azure does. */
export const tagsField = z.record(z.string().max(512), z.string().max(256)).nullish();

/** What clients echo from an earlier answer; ignored. */
export const echoedFields = {
  id: z.string().nullish(),
  name: z.string().nullish(),
  type: z.string().nullish(),
  systemData: z.unknown().optional(),
};

/** A region as Azure stores it: `West Europe` is `westeurope`. */
function normalLocation(location: string): string {
  return location.toLowerCase().replaceAll(" ", "");
}

/**
 * The region of a resource: given in the body, and never changed.
 * @throws ArmError 400 LocationRequired, 409 InvalidResourceLocation
 */
export function locationOf(
  name: string,
  given: string | null | undefined,
  current: { readonly location: string } | undefined,
): string {
  if (given === undefined || given === null || given === "") {
    if (current !== undefined) return current.location;
    throw new ArmError(400, "LocationRequired", "The location property is required for this definition.");
  }
  const location = normalLocation(given);
  if (current === undefined || current.location === location) return location;
  throw new ArmError(
    409,
    "InvalidResourceLocation",
    `The resource '${name}' already exists in location '${current.location}'. A resource with the same name cannot be ` +
      `created in location '${location}'. Please select a new resource name.`,
  );
}
