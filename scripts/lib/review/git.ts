/** The few questions a review asks of git, by its executable; each answer that is a no has words of its own. */
import { spawnSync } from "node:child_process";
import { distance } from "fastest-levenshtein";
import { UserError } from "../errors";

/** A file of a commit. */
export interface TreeFile {
  /** Path below the folder asked for. */
  readonly name: string;
  /** Hash of the content: equal hashes, equal files. */
  readonly blob: string;
  readonly bytes: number;
  /** False for a link or a folder. */
  readonly plain: boolean;
}

const largestAnswer = 1024 * 1024 * 1024;

/** A git repository, seen from one folder in it. */
export class Repository {
  private constructor(
    private readonly folder: string,
    /** Path of that folder below the repository's root, with a slash at the end; empty at the root. */
    readonly prefix: string,
  ) {}

  /** @throws UserError when there is no git, or no repository. */
  static open(folder: string): Repository {
    const { status, error, stdout, stderr } = new Repository(folder, "").spawn([
      "rev-parse",
      "--show-prefix",
    ]);
    if (error !== undefined) {
      throw new UserError("git can't be run: the review reads lock files from the repository's history.", {
        next: "Install git, or run this where it is on PATH, in a folder that is there.",
        cause: error,
      });
    }
    if (status === 0) return new Repository(folder, stdout.toString("utf8").trimEnd());
    if (stderr.includes("dubious ownership")) throw notOurs(folder);
    throw new UserError(`${folder} is in no git repository, so there is nothing to compare with.`, {
      next: "Run it in a clone of the repository, or name its folder with --cwd.",
    });
  }

  /**
   * The commit that a branch, tag or hash stands for.
   * @throws UserError when there is none; a shallow clone is named as the cause where it is one.
   */
  commitOf(ref: string): string {
    const commit = ref.startsWith("-")
      ? undefined
      : this.tryRun(["rev-parse", "--verify", "--quiet", `${ref}^{commit}`]);
    if (commit !== undefined && commit.trim() !== "") return commit.trim();
    const shallow = this.isShallow() ? `${shallowAdvice(ref)}\n` : "";
    throw new UserError(`git knows no branch, tag or commit "${ref}".`, {
      next: `${shallow}${this.suggestRef(ref)}`,
    });
  }

  /**
   * Where two lines of work parted: what a pull request is compared with.
   * @throws UserError when they share no commit, or the clone is too shallow to tell.
   */
  mergeBase(base: { ref: string; commit: string }, head: { ref: string; commit: string }): string {
    const found = this.tryRun(["merge-base", base.commit, head.commit]);
    if (found !== undefined && found.trim() !== "") return found.trim();
    if (this.isShallow()) {
      throw new UserError(
        `This clone is shallow: it does not reach back to where ${head.ref} left ${base.ref}.`,
        { next: shallowAdvice(base.ref) },
      );
    }
    throw new UserError(`${base.ref} and ${head.ref} share no history.`, {
      next: "Name a base that the change was made from: --base <branch>.",
    });
  }

  /** The files of a folder in a commit; empty when the folder is not there. */
  filesOf(commit: string, folder: string): readonly TreeFile[] {
    const path = `${this.prefix}${folder}`;
    const where = path === "" ? [] : ["--", `${path.replace(/\/$/, "")}/`];
    const listing = this.run(["ls-tree", "-z", "--long", "--full-tree", commit, ...where]);
    return listing.split("\0").flatMap((line) => {
      const [, mode, type, blob, bytes, full] = /^(\d+) (\w+) ([0-9a-f]+) +(\S+)\t(.*)$/s.exec(line) ?? [];
      if (mode === undefined || blob === undefined || full === undefined) return [];
      const plain = type === "blob" && mode !== "120000";
      return [{ name: full.slice(full.lastIndexOf("/") + 1), blob, bytes: Number(bytes) || 0, plain }];
    });
  }

  /**
   * The content of many files at once, by hash: one process, however many.
   * @throws UserError when the clone lacks one.
   */
  contentsOf(blobs: readonly string[]): ReadonlyMap<string, string> {
    const contents = this.objects(blobs);
    const missing = blobs.find((blob) => !contents.has(blob));
    if (missing !== undefined) throw missingObject(missing);
    return contents;
  }

  /** The first of some files of the repository that a commit has. */
  firstText(commit: string, paths: readonly string[]): string | undefined {
    const names = paths.map((path) => `${commit}:${path}`);
    const contents = this.objects(names);
    return names.map((name) => contents.get(name)).find((text) => text !== undefined);
  }

  private objects(names: readonly string[]): ReadonlyMap<string, string> {
    const wanted = [...new Set(names)];
    const contents = new Map<string, string>();
    if (wanted.length === 0) return contents;
    const answer = this.spawn(["cat-file", "--batch"], `${wanted.join("\n")}\n`).stdout;
    let at = 0;
    for (const name of wanted) {
      const end = answer.indexOf(10, at);
      const [, type, bytes] = /^[0-9a-f]+ (\w+) (\d+)$/.exec(answer.toString("latin1", at, end)) ?? [];
      at = end + 1;
      if (bytes === undefined) continue;
      if (type === "blob") contents.set(name, answer.toString("utf8", at, at + Number(bytes)));
      at += Number(bytes) + 1;
    }
    return contents;
  }

  private isShallow(): boolean {
    return this.tryRun(["rev-parse", "--is-shallow-repository"])?.trim() === "true";
  }

  private suggestRef(ref: string): string {
    const refs = (this.tryRun(["for-each-ref", "--format=%(refname:short)"]) ?? "")
      .split("\n")
      .filter(Boolean);
    const near = refs.find(
      (one) => distance(one, ref) <= 2 || one.endsWith(`/${ref}`) || ref.endsWith(`/${one}`),
    );
    const fetch = "Fetch it (git fetch origin), or name another one.";
    return near === undefined ? fetch : `Did you mean "${near}"? ${fetch}`;
  }

  private run(args: readonly string[]): string {
    const { status, stdout, stderr } = this.spawn(args);
    if (status === 0) return stdout.toString("utf8");
    throw new UserError(`git ${args[0]} failed: ${stderr.toString("utf8").trim().split("\n")[0]}`, {
      next: "Look at the repository with git status and git fsck.",
    });
  }

  private tryRun(args: readonly string[]): string | undefined {
    const { status, stdout } = this.spawn(args);
    return status === 0 ? stdout.toString("utf8") : undefined;
  }

  private spawn(args: readonly string[], input?: string) {
    const env = { ...process.env, LC_ALL: "C", GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0" };
    const options = { cwd: this.folder, env, maxBuffer: largestAnswer };
    return spawnSync("git", [...args], input === undefined ? options : { ...options, input });
  }
}

function shallowAdvice(ref: string): string {
  return (
    `The clone is shallow. Fetch the history: git fetch --unshallow origin\n` +
    `In GitHub Actions: actions/checkout with fetch-depth: 0; in Azure Pipelines: fetchDepth: 0 (for ${ref}).`
  );
}

function notOurs(folder: string): UserError {
  return new UserError(`git refuses to read ${folder}: it belongs to another user.`, {
    next: `If you trust it: git config --global --add safe.directory ${folder}`,
  });
}

function missingObject(blob: string): UserError {
  return new UserError(`The clone lacks the content ${blob.slice(0, 12)} that a commit names.`, {
    next: "Fetch it again without a filter: git fetch --refetch origin, or clone anew.",
  });
}
