import { resolve } from "node:path";
import type { Review } from "../../../components/permissions/diff/model";
import { reviewOf } from "../../../components/permissions/diff/review";
import { projectRoot } from "../../../infra/local/paths";
import { changedLocks } from "./changed-locks";
import { codeownersPlaces, ownersOf } from "./codeowners";
import { Repository } from "./git";
import { notesOn } from "./notes";
import { type State, stateOfCommit, stateOfWorkTree } from "./states";

/** What is compared, and what the answer names. */
export interface ReviewRequest {
  /** Branch, tag or commit that the change is made for. */
  readonly base: string;
  /** The change: a branch, tag or commit, or `worktree` for the files as they lie there. */
  readonly head: string;
  /** Folder with Pulumi.yaml; default: this project. */
  readonly directory?: string | undefined;
  /** Label that lets a change of level `tier0` pass. */
  readonly label: string;
  readonly now: Date;
}

/**
 * Reviews a change from the lock files in git alone: no cloud, no engine, no credential. As in a pull request, the base
 * is the commit where the two lines of work parted, so what happened on the base branch since is not shown.
 * @throws UserError or LockFileError when the repository, a ref or a lock file of the head can't be used.
 */
export function createReview(request: ReviewRequest): Review {
  const project = request.directory === undefined ? projectRoot() : resolve(request.directory);
  const repository = Repository.open(project);
  const base = { ref: request.base, commit: repository.commitOf(request.base) };
  const isWorkTree = request.head === "worktree";
  const tip = isWorkTree ? "HEAD" : request.head;
  const head = { ref: request.head, commit: repository.commitOf(tip) };
  const from = repository.mergeBase(base, { ref: tip, commit: head.commit });
  const before = stateOfCommit(repository, from, request.base);
  const after = isWorkTree ? stateOfWorkTree(project) : stateOfCommit(repository, head.commit, request.head);
  return compare(
    request,
    repository,
    { ...base, commit: from },
    isWorkTree ? { ...head, commit: null } : head,
    {
      before,
      after,
    },
  );
}

function compare(
  { label, now }: ReviewRequest,
  repository: Repository,
  base: Review["base"],
  head: Review["head"],
  { before, after }: { readonly before: State; readonly after: State },
): Review {
  const { notes, ...changed } = changedLocks(before, after);
  const owners = ownersIn(repository, base.commit, changed.files);
  return reviewOf({ ...changed, base, head, owners, label }, (stacks) => [...notes, ...notesOn(stacks, now)]);
}

/** GitHub takes the owners from the base branch, so that a change can't name its own. */
function ownersIn(repository: Repository, commit: string, files: readonly string[]): readonly string[] {
  if (files.length === 0) return [];
  const text = repository.firstText(commit, codeownersPlaces);
  return text === undefined
    ? []
    : ownersOf(
        files.map((file) => `${repository.prefix}${file}`),
        text,
      );
}
