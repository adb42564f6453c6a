/** From when to when a credential is valid, as a resource declares it. */
import { z } from "zod";
import type { StackResource } from "./stack";
import { types } from "./types";
import { readProperty } from "./values";

const day = 86_400_000;
const date = z.iso.datetime({ offset: true }).optional();
const text = z.string().optional();

/** Dates of a credential; those that the resource does not give are undefined. */
export interface Validity {
  readonly startDate: string | undefined;
  readonly endDate: string | undefined;
  /** A duration counted from the moment of the deployment, where the resource gives one. */
  readonly relative: string | undefined;
}

/** Types that hold a client secret; an application may hold one itself. */
export const secretTypes = [
  types.applicationPassword,
  types.servicePrincipalPassword,
  types.application,
] as const;
export const certificateTypes = [types.applicationCertificate, types.servicePrincipalCertificate] as const;

/** The credential of a resource, or undefined for an application that holds none itself. */
export function validityOf({ type, properties }: StackResource): Validity | undefined {
  const inside = type === types.application ? "password." : "";
  const read = <T>(name: string, schema: z.ZodType<T>) =>
    readProperty(properties, `${inside}${name}`, schema);
  if (inside !== "" && readProperty(properties, "password.displayName", text) === undefined) return undefined;
  return {
    startDate: read("startDate", date),
    endDate: read("endDate", date),
    relative: read("endDateRelative", text),
  };
}

/**
 * Days for which it is valid, part of a day counted as one; undefined without an end.
 * @param moment where it begins when it says nothing, milliseconds
 */
export function daysOf({ startDate, endDate }: Validity, moment: number): number | undefined {
  if (endDate === undefined) return undefined;
  const start = startDate === undefined ? moment : Date.parse(startDate);
  return Math.ceil((Date.parse(endDate) - start) / day);
}
