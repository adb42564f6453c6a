/**
 * What ends a request of an operation. A read ends when the user interrupts the update or the time is up; one that
 * changes something is begun only before that, and then ends with the time alone: the engine writes down what finishes,
 * and a creation cut off between request and answer would leave an object behind that no state knows of.
 * @param operation `deadline` in milliseconds since 1970
 */
export function requestSignal(
  method: string,
  { signal, deadline }: { readonly signal: AbortSignal; readonly deadline: number },
): AbortSignal {
  if (method === "GET" || signal.aborted) return signal;
  return AbortSignal.timeout(Math.max(0, deadline - Date.now()));
}
