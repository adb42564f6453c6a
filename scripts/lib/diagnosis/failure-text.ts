/** Fields in which libraries put what went wrong, beside the message. */
const tellingFields = ["code", "statusCode", "status", "body", "address", "port", "hostname"] as const;

/** Everything that an error says, with its causes and the errors it gathers, as one text to be searched. */
export function failureText(error: unknown, depth = 0): string {
  if (depth > 5) return "";
  if (!(error instanceof Error)) return typeof error === "string" ? error : "";
  const fields: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(error));
  const own = tellingFields.flatMap((field) => {
    const value = fields[field];
    return typeof value === "string" || typeof value === "number" ? [`${field}=${value}`] : [];
  });
  const gathered = error instanceof AggregateError ? error.errors : [];
  const below = [error.cause, ...gathered].map((inner) => failureText(inner, depth + 1));
  return [error.name, error.message, ...own, ...below].filter((part) => part !== "").join("\n");
}
