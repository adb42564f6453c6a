/** The engine's address is the last argument; flags before it (logging, tracing) are of no use here. */
export function engineAddressFrom(args: readonly string[]): string {
  return args.filter((argument) => !argument.startsWith("-")).at(-1) ?? "";
}
