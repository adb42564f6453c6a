import { writeFileSync } from "node:fs";
import { type Command, Option } from "@commander-js/extra-typings";
import type { Level, Review } from "../../components/permissions/diff/model";
import { UserError } from "../lib/errors";
import { createReview } from "../lib/review/create-review";
import { reviewHtml } from "../lib/review/html";
import { reviewMarkdown } from "../lib/review/markdown";
import { sarifText } from "../lib/review/sarif";
import { reviewTerminal } from "../lib/review/terminal";
import { summaryOf } from "../lib/review/wording";

const help = `
Compares the lock files of all stacks with those of the base, at the commit where the two parted, as a pull request
does. Reads git alone: no cloud, no engine, no credential. Needs the history between the two (in CI: fetch-depth 0).

Examples:
  npm run -s cli -- permissions diff                                   what this work tree changes
  npm run -s cli -- permissions diff --base origin/main --format markdown --out review.md
  npm run -s cli -- permissions diff --base v1.2.0 --head v1.3.0 --format json
  npm run -s cli -- permissions diff --format html --out review.html   one page, for a browser or an archive
  npm run -s cli -- permissions diff --format sarif --out review.sarif   for code scanning
  npm run -s cli -- permissions diff --fail-on tier0                   block a path to Global Administrator

Exit codes: 0 nothing changes; 1 it can't be told (no such ref, shallow clone, unusable lock file);
2 something changes; 3 something changes that --fail-on names.
`;

/** What makes the exit code 3, worst first: each includes those before it. */
const gates = ["tier0", "write", "any"] as const satisfies readonly Level[];

const formats = ["markdown", "json", "terminal", "sarif", "html"] as const;

const renderers: Readonly<Record<(typeof formats)[number], (review: Review) => string>> = {
  markdown: reviewMarkdown,
  json: (review) => `${JSON.stringify(review, null, 2)}\n`,
  terminal: (review) => `${reviewTerminal(review)}\n`,
  sarif: sarifText,
  html: reviewHtml,
};

/** `permissions diff`: what a change would let the connectors do, in words for its reviewer. */
export function registerDiff(permissions: Command): void {
  permissions
    .command("diff")
    .description("what a change lets the connectors do, in plain words, for its reviewer")
    .option("--base <ref>", "branch, tag or commit that the change is made for", "origin/main")
    .option("--head <ref>", "the change: a branch, tag or commit; or worktree, committed or not", "worktree")
    .addOption(
      new Option("--format <format>", "how it is shown").choices(formats).default("terminal" as const),
    )
    .option("--json", "the same as --format json")
    .addOption(
      new Option("--fail-on <level>", "exit 3 when a change reaches that far: tier0, write, or any").choices(
        gates,
      ),
    )
    .option("--out <file>", "write it to a file, and one line here")
    .option("--label <name>", "label that approves a path to Global Administrator", "permissions-approved")
    .option("--cwd <folder>", "the folder with Pulumi.yaml; default: this project")
    .addHelpText("after", help)
    .action((options) => {
      const { base, head, label, cwd } = options;
      const review = createReview({ base, head, label, directory: cwd, now: new Date() });
      show(renderers[options.json ? "json" : options.format](review), review, options.out);
      process.exitCode = exitCodeOf(review, options.failOn);
    });
}

function show(text: string, review: Review, file: string | undefined): void {
  if (file === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new UserError(`${file} can't be written.`, {
      next: "Give --out a file in a folder that is there.",
      cause,
    });
  }
  process.stdout.write(`Permission review: ${summaryOf(review)}. Written to ${file}\n`);
}

function exitCodeOf({ summary }: Review, failOn: Level | undefined): number {
  if (summary.changed === 0) return 0;
  if (failOn === undefined) return 2;
  const level = summary.level ?? "any";
  return gates.indexOf(level) <= gates.indexOf(failOn) ? 3 : 2;
}
