/** One thing that is wrong in the settings. */
export interface Problem {
  /** Where, for example `connectors[1].access`. */
  readonly path: string;
  /** What is wrong, with what was given and what is allowed. */
  readonly message: string;
  /** What to do about it. */
  readonly advice?: string;
}

/** Paths longer than this get a line of their own. */
const widestPathColumn = 44;

/** Texts are broken at spaces after so many characters. */
const textWidth = 90;

/** Bad settings: all problems at once, as text for a person. Nothing has been changed when it is thrown. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";

  constructor(
    /** The file or stack that the settings come from. */
    readonly source: string,
    readonly problems: readonly Problem[],
  ) {
    super(format(source, problems));
  }
}

/** Collects problems while the parser goes on; the same problem of a shared setting is kept once. */
export class Problems {
  private readonly found = new Map<string, Problem>();

  add(path: string, message: string, advice?: string): void {
    const problem = advice === undefined ? { path, message } : { path, message, advice };
    this.found.set(`${path}\n${message}`, problem);
  }

  get list(): readonly Problem[] {
    return [...this.found.values()].sort((a, b) => entryOf(a) - entryOf(b));
  }
}

/** Problems of the stack come first, then entry by entry; within an entry in the order they were found. */
function entryOf({ path }: Problem): number {
  return Number(/^connectors\[(\d+)\]/.exec(path)?.[1] ?? -1);
}

function format(source: string, problems: readonly Problem[]): string {
  const width = Math.min(widestPathColumn, Math.max(...problems.map(({ path }) => path.length)));
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return [
    `${source} has ${count}`,
    "",
    ...problems.flatMap((problem) => formatProblem(problem, width)),
    "",
    "Nothing was changed.  Settings reference: npm run -s cli -- settings --help",
  ].join("\n");
}

function formatProblem({ path, message, advice }: Problem, width: number): readonly string[] {
  const indent = `  ${" ".repeat(width)} `;
  const text = [message, ...(advice === undefined ? [] : [advice])].flatMap(wrap);
  const first =
    path.length > width ? [`  ${path}`, `${indent}${text[0]}`] : [`  ${path.padEnd(width)} ${text[0]}`];
  return [...first, ...text.slice(1).map((line) => indent + line)];
}

function wrap(text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1);
    if (line === undefined || line.length + word.length >= textWidth) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines;
}
