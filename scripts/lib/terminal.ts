import pc from "picocolors";

/** A stream that may be a terminal. */
type MaybeTerminal = Pick<NodeJS.WriteStream, "isTTY">;

/** Colours for text that goes to `stream`: real ones on a terminal, none elsewhere, with NO_COLOR or on a dumb terminal. */
export function palette(stream: MaybeTerminal = process.stdout): ReturnType<typeof pc.createColors> {
  return pc.createColors(hasColour(stream));
}

function hasColour(stream: MaybeTerminal): boolean {
  const { NO_COLOR, TERM } = process.env;
  return stream.isTTY === true && !NO_COLOR && TERM !== "dumb";
}

/** True where lines can be drawn anew on standard error: a terminal that knows how. */
export function isLive(): boolean {
  return process.stderr.isTTY === true && process.env.TERM !== "dumb";
}

/** True when a person sits before both ends: needed before a value is shown that must not land in a file. */
export function isInteractive(): boolean {
  return process.stdout.isTTY === true && process.stdin.isTTY === true;
}
