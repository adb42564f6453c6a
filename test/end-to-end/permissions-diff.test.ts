/** A change is reviewed as it is in a pull request: a repository, commits, and the command, as the comment will read. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { runCli } from "../../scripts/lib/program";
import { createReview } from "../../scripts/lib/review/create-review";
import { reviewMarkdown } from "../../scripts/lib/review/markdown";
import { ReviewRepository } from "./review-repository";

const anchor = "2026-01-01";
const identityManager = { profile: "netwrix-identity-manager", name: "Identity Manager", anchor };
const conductorOne = { profile: "conductorone", name: "ConductorOne", anchor };
const exchange = {
  rule: "privileged-directory-role",
  connector: "ConductorOne",
  finding: "Exchange Administrator",
  reason: "Distribution lists are requested in ConductorOne.",
  owner: "identity team",
  expires: "2099-12-31",
};
const tier0 = ["AppRoleAssignment.ReadWrite.All", "RoleManagement.ReadWrite.Directory"].map((finding) => ({
  rule: "tier0-app-role",
  connector: "ConductorOne",
  finding,
  reason: "ConductorOne assigns roles on request.",
  owner: "identity team",
  expires: "2099-12-31",
}));
const readWrite = { ...conductorOne, access: "read-write" };
const stacks = ["contoso", "fabrikam"] as const;

let repository: ReviewRepository;
const commits: string[] = [];

/** The comment on the change between two commits, compared with the file that was read by eye. */
function expectGolden(name: string, base: number, head: number): string {
  const review = createReview({
    base: commits[base]!,
    head: commits[head]!,
    directory: repository.folder,
    label: "permissions-approved",
    now: new Date("2026-06-01T00:00:00Z"),
  });
  // Hashes of commits differ from run to run.
  const comment = commits.reduce(
    (text, commit, index) =>
      text.replaceAll(commit, `commit-${index}`).replaceAll(commit.slice(0, 8), `commit-${index}`),
    reviewMarkdown(review),
  );
  const file = join(__dirname, "../golden/permission-review", `${name}.md`);
  if (process.env.UPDATE_GOLDEN === "1") writeFileSync(file, comment);
  expect(comment).toBe(readFileSync(file, "utf8"));
  return comment;
}

beforeAll(() => {
  repository = new ReviewRepository();
  repository.write(
    ".github/CODEOWNERS",
    "* @contoso/platform\n/infra/permissions/ @contoso/identity-security\n",
  );
  for (const stack of [...stacks, "tailspin"]) repository.stack(stack, [identityManager]);
  commits.push(repository.commit("three tenants export to Identity Manager"));
  for (const stack of stacks) repository.stack(stack, [identityManager, conductorOne]);
  commits.push(repository.commit("add a connector"));
  for (const stack of stacks) {
    repository.stack(stack, [identityManager, { ...readWrite, exchangeGroups: true }], [exchange, ...tier0]);
  }
  commits.push(repository.commit("read-only to read-write"));
  for (const stack of stacks) repository.stack(stack, [identityManager, readWrite], tier0);
  commits.push(repository.commit("remove Exchange groups"));
});

afterAll(() => repository.remove());

describe("the comment on a change", () => {
  test("add a connector: new in two tenants, reads only", () => {
    const comment = expectGolden("add-a-connector", 0, 1);
    expect(comment).toMatch(/2 of 3 stacks change · only read access is gained/);
  });

  test("read-only to read-write: paths to Global Administrator come first, and who approves them", () => {
    const comment = expectGolden("read-only-to-read-write", 1, 2);
    expect(comment).toMatch(/2 of 3 stacks change · 2 need a security approval/);
  });

  test("remove Exchange groups: what leaves is as visible as what came", () => {
    const comment = expectGolden("remove-exchange-groups", 2, 3);
    expect(comment).toMatch(/2 of 3 stacks change · access only shrinks/);
  });
});

describe("the command", () => {
  let out = "";
  let err = "";

  beforeEach(() => {
    [out, err] = ["", ""];
    vi.spyOn(process.stdout, "write").mockImplementation((text) => {
      out += String(text);
      return true;
    });
    vi.spyOn(process.stderr, "write").mockImplementation((text) => {
      err += String(text);
      return true;
    });
  });

  afterEach(() => {
    vi.restoreAllMocks();
    process.exitCode = undefined;
  });

  async function diff(...args: readonly string[]): Promise<number> {
    process.exitCode = undefined;
    return runCli(["permissions", "diff", "--cwd", repository.folder, ...args]);
  }

  async function lock(...args: readonly string[]): Promise<number> {
    process.exitCode = undefined;
    return runCli(["permissions", "lock", "--cwd", repository.folder, ...args]);
  }

  /** Runs on a branch of its own, at the last commit, and leaves nothing behind. */
  async function onBranch(run: () => Promise<void>): Promise<void> {
    repository.git("checkout", "--quiet", "-B", "change", commits[3]!);
    try {
      await run();
    } finally {
      repository.git("reset", "--quiet", "--hard");
      repository.git("clean", "--quiet", "-fd");
      repository.git("checkout", "--quiet", "main");
    }
  }

  test("exit codes: 0 nothing, 2 a change, 3 one that --fail-on names", async () => {
    expect(await diff("--base", "main")).toBe(0);
    expect(out).toContain("no permission changes");
    const widened = ["--base", commits[1]!, "--head", commits[2]!];
    const shrunk = ["--base", commits[2]!, "--head", commits[3]!];
    const read = ["--base", commits[0]!, "--head", commits[1]!];
    expect(await diff(...widened)).toBe(2);
    expect(await diff(...widened, "--fail-on", "tier0")).toBe(3);
    expect(await diff(...widened, "--fail-on", "write")).toBe(3);
    expect(await diff(...shrunk, "--fail-on", "write")).toBe(2);
    expect(await diff(...shrunk, "--fail-on", "any")).toBe(3);
    expect(await diff(...read, "--fail-on", "tier0")).toBe(2);
    expect(await diff(...read, "--fail-on", "write")).toBe(2);
    expect(await diff("--fail-on", "everything")).toBe(1);
    expect(err).toMatch(/Allowed choices are tier0, write, any/);
  });

  test("JSON is the review itself; --out writes a file and says one line", async () => {
    await diff("--base", commits[1]!, "--head", commits[2]!, "--json");
    expect(JSON.parse(out)).toMatchObject({
      formatVersion: 1,
      summary: { stacks: 3, changed: 2, needApproval: 2, level: "tier0" },
      approval: { security: true, owners: ["@contoso/identity-security"], label: "permissions-approved" },
    });
    out = "";
    const file = join(repository.folder, "..", `${Date.now()}-review.md`);
    expect(
      await diff("--base", commits[1]!, "--head", commits[2]!, "--format", "markdown", "--out", file),
    ).toBe(2);
    expect(out).toBe(
      `Permission review: 2 of 3 stacks change · 2 need a security approval. Written to ${file}\n`,
    );
    expect(readFileSync(file, "utf8")).toMatch(/^<!-- entra-connectors:permission-review -->\n/);
    rmSync(file);
  });

  test("the terminal says the same, without markup", async () => {
    await diff("--base", commits[1]!, "--head", commits[2]!);
    expect(out).toMatch(
      /^ConductorOne in contoso, fabrikam goes from reading to writing: it can now grant any/m,
    );
    expect(out).toMatch(
      /^\+ {2}ConductorOne {2}RoleManagement\.ReadWrite\.Directory +T0 +provision: directoryRoles/m,
    );
    expect(out).not.toMatch(/[`*]/);
  });

  test("what is not committed is seen as well, and what main did since is not", async () => {
    await onBranch(async () => {
      repository.git("checkout", "--quiet", "main");
      repository.stack("tailspin", [identityManager, conductorOne]);
      const onMain = repository.commit("meanwhile on main");
      repository.git("checkout", "--quiet", "change");
      repository.stack("contoso", [identityManager]);
      repository.lock();
      expect(await diff("--base", onMain)).toBe(2);
      expect(out).toMatch(/1 of 3 stacks changes/);
      expect(out).toMatch(/^ConductorOne in contoso is removed and can no longer/m);
      expect(out).not.toMatch(/tailspin/);
      repository.git("branch", "--force", "main", commits[3]!);
    });
  });

  test("a renamed stack is compared under both names", async () => {
    await onBranch(async () => {
      repository.git("mv", "Pulumi.contoso.yaml", "Pulumi.contoso-eu.yaml");
      repository.git("mv", "infra/permissions/contoso.json", "infra/permissions/contoso-eu.json");
      expect(await diff("--base", "main")).toBe(2);
      expect(out).toContain("Stack contoso is now called contoso-eu");
      expect(out).toContain("no access is gained or lost");
    });
  });

  test.each([
    ["unknown base", ["--base", "origin/mian"], /git knows no branch, tag or commit "origin\/mian"/],
    ["near miss", ["--base", "mani"], /Did you mean "main"\?/],
    ["an option as a ref", ["--base", "--output=x"], /no branch, tag or commit "--output=x"/],
    ["unknown head", ["--base", "main", "--head", "nowhere"], /no branch, tag or commit "nowhere"/],
  ])("%s is said so, exit code 1", async (_, args, message) => {
    expect(await diff(...args)).toBe(1);
    expect(err).toMatch(message);
  });

  test("no repository at all", async () => {
    const folder = mkdtempSync(join(tmpdir(), "no-repository-"));
    process.exitCode = undefined;
    expect(await runCli(["permissions", "diff", "--cwd", folder])).toBe(1);
    expect(err).toMatch(/is in no git repository/);
    rmSync(folder, { recursive: true });
  });

  test("a shallow clone says how to fetch more", async () => {
    const clone = mkdtempSync(join(tmpdir(), "shallow-"));
    repository.git("clone", "--quiet", "--depth", "1", `file://${repository.folder}`, clone);
    process.exitCode = undefined;
    expect(await runCli(["permissions", "diff", "--cwd", clone, "--base", commits[1]!])).toBe(1);
    expect(err).toMatch(
      /The clone is shallow\. Fetch the history: git fetch --unshallow[\s\S]*fetch-depth: 0/,
    );
    rmSync(clone, { recursive: true });
  });

  test("branches that share no history", async () => {
    await onBranch(async () => {
      repository.git("checkout", "--quiet", "--orphan", "stranger");
      repository.commitAsIs("from nowhere");
      expect(await diff("--base", "main")).toBe(1);
      expect(err).toMatch(/main and HEAD share no history/);
    });
  });

  test.each([
    [
      "conflict markers",
      "<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> change\n",
      /has merge conflict markers, the first in line 1/,
    ],
    ["no JSON", "{ oops", /is not JSON/],
    [
      "newer format",
      '{ "formatVersion": 2 }',
      /has format version 2; this version of entra-connectors knows 1/,
    ],
    ["edited by hand", '{ "formatVersion": 1 }', /was edited by hand or by a merge/],
    ["too large", " ".repeat(5 * 1024 * 1024 + 1), /has 5\.0 MB; a lock file has at most 5 MB/],
  ])("a lock file with %s is refused, in the work tree and in a commit", async (_, text, message) => {
    await onBranch(async () => {
      repository.write("infra/permissions/contoso.json", text);
      expect(await diff("--base", "main")).toBe(1);
      expect(err).toMatch(message);
      expect(err).toMatch(/infra\/permissions\/contoso\.json/);
      err = "";
      repository.commitAsIs("bad lock");
      expect(await diff("--base", "main", "--head", "HEAD")).toBe(1);
      expect(err).toMatch(message);
    });
  });

  test("a bad lock file on the base counts as absent, so nothing in it is hidden", async () => {
    await onBranch(async () => {
      repository.write("infra/permissions/contoso.json", "{ oops");
      const broken = repository.commitAsIs("bad lock");
      repository.lock();
      expect(await diff("--base", broken)).toBe(2);
      expect(out).toContain("can't be used, so everything in it counts as new");
      expect(out).toMatch(/ConductorOne in contoso is new and can/);
    });
  });

  test("a deleted lock file hides nothing; a deleted stack may go", async () => {
    await onBranch(async () => {
      repository.git("rm", "--quiet", "infra/permissions/contoso.json");
      expect(await diff("--base", "main")).toBe(1);
      expect(err).toMatch(/contoso\.json is missing: nobody could review what its stack may do/);
      expect(err).toMatch(/permissions lock --stack contoso/);
      repository.git("rm", "--quiet", "Pulumi.contoso.yaml");
      expect(await diff("--base", "main")).toBe(2);
      expect(out).toContain("Stack contoso is gone.");
    });
  });

  test("a new stack needs its lock file; one that never had any is noted", async () => {
    await onBranch(async () => {
      repository.stack("litware", [identityManager]);
      expect(await diff("--base", "main")).toBe(1);
      expect(err).toMatch(/litware\.json is missing/);
      const withLitware = repository.commitAsIs("a stack without a lock file");
      expect(await diff("--base", withLitware)).toBe(0);
      expect(out).toContain("Pulumi.litware.yaml has no lock file, so its permissions are not reviewed here");
    });
  });

  test("several bad lock files are told at once", async () => {
    await onBranch(async () => {
      repository.write("infra/permissions/contoso.json", "{ oops");
      repository.write("infra/permissions/fabrikam.json", '{ "formatVersion": 7 }');
      expect(await diff("--base", "main")).toBe(1);
      expect(err).toMatch(
        /2 lock files can't be used[\s\S]*contoso\.json is not JSON[\s\S]*fabrikam\.json has format version 7/,
      );
    });
  });

  test("lock --check: 2 and which file, until the lock is written", async () => {
    await onBranch(async () => {
      expect(await lock("--check")).toBe(0);
      repository.stack("contoso", [identityManager]);
      repository.stack("litware", [identityManager]);
      repository.git("rm", "--quiet", "Pulumi.tailspin.yaml");
      out = "";
      expect(await lock("--check")).toBe(2);
      expect(out).toMatch(/contoso\.json {2}stale: without connector ConductorOne/);
      expect(out).toMatch(/litware\.json {2}missing/);
      expect(out).toMatch(/tailspin\.json {2}has no stack file any more/);
      expect(out).toMatch(/Write them and commit: npm run -s cli -- permissions lock/);
      expect(await lock()).toBe(0);
      expect(await lock("--check")).toBe(0);
      expect(await lock("--check", "--stack", "nowhere")).toBe(1);
    });
  });
});
