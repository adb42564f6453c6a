/**
 * The signal of a request that changes something: it ends when the operation's time is up, but not when the user
 * interrupts the update. The engine writes down what finishes; a creation cut off between request and answer would
 * leave an object behind that no state knows of.
 * Nothing new should begin once `operation.signal` has aborted: ask it before.
 */
export function writingSignal(operation: { readonly deadline: number }): AbortSignal {
  return AbortSignal.timeout(Math.max(0, operation.deadline - Date.now()));
}
