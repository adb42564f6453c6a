/** An instant as Graph writes it: UTC, whole seconds unless there are milliseconds. */
export function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(".000Z", "Z");
}
