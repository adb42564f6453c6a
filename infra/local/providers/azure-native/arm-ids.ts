/** Thrown for an id that is not the ARM id of its kind. */
export class ArmIdError extends Error {
  override readonly name = "ArmIdError";

  constructor(id: string, format: string) {
    super(`The id "${id}" is not of the form ${format}.`);
  }
}

/** The values at the `{places}` of an ARM id. Fixed segments compare without regard to case, as ARM does. */
export function partsOf<Name extends string>(
  id: string,
  format: string,
  names: readonly Name[],
): Record<Name, string> {
  const given = id.split("/");
  const wanted = format.split("/");
  const values = new Map<string, string>();
  const matches =
    given.length === wanted.length &&
    wanted.every((segment, index) => {
      const value = given[index] ?? "";
      const place = /^\{(\w+)\}$/.exec(segment)?.[1];
      if (place === undefined) return segment.toLowerCase() === value.toLowerCase();
      values.set(place, value);
      return value !== "";
    });
  if (!matches) throw new ArmIdError(id, format);
  return Object.fromEntries(names.map((name) => [name, values.get(name) ?? ""])) as Record<Name, string>;
}

/** The ARM path of a format with its `{places}` filled. */
export function pathOf(format: string, values: Readonly<Record<string, string>>): string {
  return format.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
}
