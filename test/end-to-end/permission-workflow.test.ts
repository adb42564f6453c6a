/** What the GitHub workflow and the Azure pipeline run, run here: a repository with branches, and the services' side. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type Answer, type Asked, type Service, startService } from "./loopback-service";
import { ReviewRepository } from "./review-repository";
import { Checkout, type StepResult } from "./workflow-steps";

const github = ".github/workflows/permission-review.yml";
const azure = ".azuredevops/permission-review.yml";
const marker = "<!-- entra-connectors:permission-review -->";
const project = resolve(__dirname, "../..");

const anchor = "2026-01-01";
const conductorOne = { profile: "conductorone", name: "ConductorOne", access: "read-only", anchor };
const readWrite = { ...conductorOne, access: "read-write", provision: ["groups"] };
const tier0 = { ...readWrite, provision: ["groups", "directoryRoles"] };
const acknowledged = {
  rule: "tier0-app-role",
  connector: "ConductorOne",
  finding: "RoleManagement.ReadWrite.Directory",
  reason: "ConductorOne assigns roles on request.",
  owner: "identity team",
  expires: "2099-12-31",
};

let origin: ReviewRepository;
const checkouts: Checkout[] = [];

/** A branch off the first commit. */
function branch(name: string, change: () => void): void {
  origin.git("checkout", "--quiet", "-B", name, "start");
  change();
}

function checkOut(head: string): Checkout {
  const checkout = new Checkout(origin.folder, "main", head);
  checkouts.push(checkout);
  return checkout;
}

beforeAll(() => {
  origin = new ReviewRepository();
  origin.stack("contoso", [conductorOne]);
  origin.commit("Connect ConductorOne");
  origin.git("branch", "start");
  branch("writes", () => {
    origin.stack("contoso", [readWrite]);
    origin.commit("Let ConductorOne manage groups");
  });
  branch("tier0", () => {
    origin.stack("contoso", [tier0], [acknowledged]);
    origin.commit("Let ConductorOne assign roles");
  });
  branch("words", () => {
    origin.write(
      "Pulumi.contoso.yaml",
      `# A comment.\n${readFileSync(join(origin.folder, "Pulumi.contoso.yaml"), "utf8")}`,
    );
    origin.commit("Say what it is");
  });
  branch("stale", () => {
    origin.stack("contoso", [tier0], [acknowledged]);
    origin.commitAsIs("Forget the lock file");
  });
  // The base goes on: what happens there is no part of any of the changes.
  origin.git("checkout", "--quiet", "main");
  origin.stack("fabrikam", [tier0], [{ ...acknowledged }]);
  origin.commit("Connect fabrikam, approved before");
});

afterAll(() => {
  origin.remove();
  for (const checkout of checkouts) checkout.remove();
});

describe("the GitHub workflow", () => {
  async function review(checkout: Checkout): Promise<{ locks: StepResult; diff: StepResult }> {
    const locks = await checkout.run(github, "Lock files", {});
    return { locks, diff: await checkout.run(github, "Differences", { BASE: "main" }) };
  }

  it("finds the path to Global Administrator, and nothing that the base did meanwhile", async () => {
    const checkout = checkOut("tier0");
    const { locks, diff } = await review(checkout);
    expect([locks.code, diff.code]).toEqual([0, 0]);
    expect(diff.outputs).toEqual({ changed: "true", tier0: "true" });
    const comment = checkout.read("review/comment.md")!;
    expect(comment.startsWith(marker)).toBe(true);
    expect(comment).toContain("RoleManagement.ReadWrite.Directory");
    expect(comment).not.toContain("fabrikam");
    expect(diff.summary).toBe(comment);
    const { runs } = JSON.parse(checkout.read("review/review.sarif")!) as {
      runs: { results: { level: string }[] }[];
    };
    expect(runs[0]?.results[0]?.level).toBe("error");
    expect(checkout.read("review/review.html")).toContain("Dangerous: ConductorOne in contoso");
    expect(checkout.git("status", "--porcelain", "infra")).toBe("");
  });

  it("asks for no security approval for writing alone, or for nothing", async () => {
    const differences = async (head: string) => {
      const checkout = checkOut(head);
      mkdirSync(join(checkout.folder, "review"));
      return await checkout.run(github, "Differences", { BASE: "main" });
    };
    expect((await differences("writes")).outputs).toEqual({ changed: "true", tier0: "false" });
    expect((await differences("words")).outputs).toEqual({ changed: "false", tier0: "false" });
  });

  it("refuses settings whose lock file was not written, and says so in the comment", async () => {
    const checkout = checkOut("stale");
    const locks = await checkout.run(github, "Lock files", {});
    expect(locks.code).toBe(1);
    expect(locks.output).toContain(
      "::error title=Permission review::The lock files are not what the settings ask for",
    );
    const comment = checkout.read("review/comment.md")!;
    expect(comment.startsWith(marker)).toBe(true);
    expect(comment).toContain("    ✖ infra/permissions/contoso.json");
    expect(locks.summary).toBe(comment);
  });

  it("fails when the review can't be made, and never takes that for harmless", async () => {
    const checkout = checkOut("tier0");
    mkdirSync(join(checkout.folder, "review"));
    const diff = await checkout.run(github, "Differences", { BASE: "no-such-branch$(touch attacked)" });
    expect(diff.code).toBe(1);
    expect(diff.outputs).toEqual({});
    expect(checkout.read("review/comment.md")).toContain("not possible");
    expect(checkout.read("attacked")).toBeUndefined();
  });

  describe("approval", () => {
    const labeled = {
      REVIEW: "success",
      TIER0: "true",
      ACTION: "labeled",
      LABEL: "permissions-approved",
      SENDER: "grace",
      AUTHOR: "ada",
    };

    it.each([
      [
        "passes without a path to Global Administrator",
        { ...labeled, TIER0: "false", ACTION: "opened", LABEL: "" },
        0,
      ],
      ["is the label, put on by somebody else", labeled, 0],
      ["is not given when the change is opened", { ...labeled, ACTION: "opened", LABEL: "" }, 1],
      ["does not outlive a push", { ...labeled, ACTION: "synchronize", LABEL: "" }, 1],
      ["does not outlive another base", { ...labeled, ACTION: "edited", LABEL: "" }, 1],
      ["is not another label", { ...labeled, LABEL: "documentation" }, 1],
      ["is not taking the label off", { ...labeled, ACTION: "unlabeled" }, 1],
      ["is not the author's own", { ...labeled, SENDER: "ada" }, 1],
      ["is not given to what could not be reviewed", { ...labeled, REVIEW: "failure", TIER0: "" }, 1],
      ["is not given to what was skipped", { ...labeled, REVIEW: "skipped", TIER0: "" }, 1],
      ["is needed when the level is not known", { ...labeled, TIER0: "", ACTION: "opened" }, 1],
    ])("%s", async (_, values, code) => {
      const result = await checkOut("words").run(github, "Approval", values);
      expect(result.code).toBe(code);
      expect(result.output).toMatch(code === 0 ? /^(?!::error)/ : /^::error title=Permission review::/);
    });
  });

  describe("publishing", () => {
    let service: Service;
    const own = { id: 7, user: { login: "github-actions[bot]" }, body: `${marker}\nold` };
    const forged = { id: 6, user: { login: "mallory" }, body: `${marker}\nforged` };

    async function publish(
      answer: (asked: Asked) => Answer,
      values: Readonly<Record<string, string>> = {},
    ): Promise<{ result: StepResult; asked: readonly string[]; last: (path: RegExp) => unknown }> {
      service = await startService(answer);
      const checkout = checkOut("tier0");
      mkdirSync(join(checkout.folder, "review"));
      writeFileSync(join(checkout.folder, "review/comment.md"), `${marker}\nnew`);
      writeFileSync(join(checkout.folder, "review/review.sarif"), `{"version":"2.1.0"}`);
      const result = await checkout.run(github, "Comment, alerts and label", {
        TOKEN: "token-of-the-job",
        REPOSITORY: "contoso/connectors",
        NUMBER: "12",
        ACTION: "synchronize",
        COMMIT: "0123456789abcdef0123456789abcdef01234567",
        REF: "refs/pull/12/merge",
        CHANGED: "true",
        GITHUB_API_URL: service.origin,
        ...values,
      });
      return {
        result,
        asked: service.asked.map(
          ({ method, path }) => `${method} ${path.replace("/repos/contoso/connectors/", "")}`,
        ),
        last: (path) => service.asked.findLast((one) => path.test(one.path))?.body,
      };
    }

    const answers =
      (comments: readonly object[], labels: readonly object[] = []) =>
      ({ method, path }: Asked): Answer => {
        if (path.includes("page=") && path.includes("/comments"))
          return [200, path.endsWith("page=1") ? comments : []];
        if (path.includes("/labels?")) return [200, labels];
        return method === "DELETE" ? [200, []] : [method === "POST" ? 201 : 200, {}];
      };

    afterEach(async () => {
      await service.close();
    });

    it("writes the comment once, then keeps its own up to date", async () => {
      const first = await publish(answers([forged]));
      expect(first.result.output).toBe("");
      expect(first.asked).toContain("POST issues/12/comments");
      await service.close();
      const second = await publish(answers([forged, own]));
      expect(second.asked).toContain("PATCH issues/comments/7");
      expect(second.asked).not.toContain("POST issues/12/comments");
      expect(second.last(/comments\/7/)).toEqual({ body: `${marker}\nnew` });
    });

    it("finds its comment behind hundreds of others", async () => {
      const others = Array.from({ length: 100 }, (_, id) => ({ id, user: null, body: null }));
      const { asked } = await publish((one) =>
        one.path.endsWith("page=2") ? [200, [own]] : answers(others)(one),
      );
      expect(asked).toContain("PATCH issues/comments/7");
    });

    it("does not speak up when nothing changes, but corrects what it said before", async () => {
      const silent = await publish(answers([]), { CHANGED: "false" });
      expect(silent.asked.filter((one) => one.includes("comments") && !one.startsWith("GET"))).toEqual([]);
      await service.close();
      const corrected = await publish(answers([own]), { CHANGED: "false" });
      expect(corrected.asked).toContain("PATCH issues/comments/7");
    });

    it("hands the alerts to code scanning, and goes on where that is not enabled", async () => {
      const { last } = await publish(answers([own]));
      const { sarif, ...rest } = last(/sarifs/) as { sarif: string };
      expect(rest).toEqual({
        commit_sha: "0123456789abcdef0123456789abcdef01234567",
        ref: "refs/pull/12/merge",
      });
      expect(gunzipSync(Buffer.from(sarif, "base64")).toString()).toBe(`{"version":"2.1.0"}`);
      await service.close();
      const refused = await publish((one) =>
        one.path.includes("sarifs")
          ? [403, { message: "Advanced Security must be enabled" }]
          : answers([own])(one),
      );
      expect(refused.result.code).toBe(0);
      expect(refused.result.output).toMatch(/^::warning title=Code scanning::.*Advanced Security/);
    });

    it("takes an approval off that was for an earlier state, and leaves one that was just given", async () => {
      const label = [{ name: "documentation" }, { name: "permissions-approved" }];
      const pushed = await publish(answers([own], label));
      expect(pushed.asked).toContain("DELETE issues/12/labels/permissions-approved");
      await service.close();
      const given = await publish(answers([own], label), { ACTION: "labeled" });
      expect(given.asked.filter((one) => one.includes("labels"))).toEqual([]);
    });

    it("fails in one line when the comment can't be written, without the token", async () => {
      const { result } = await publish((one) =>
        one.method === "GET" ? answers([])(one) : [403, { message: "no" }],
      );
      expect(result.code).toBe(1);
      expect(result.output).toMatch(/^::error title=Permission review::POST .* answered 403: .*\n$/);
      expect(result.output).not.toContain("token-of-the-job");
    });
  });

  it("pins every action, and gives rights to write to the job that runs no code of the repository alone", () => {
    const { jobs, on, permissions } = parse(readFileSync(join(project, github), "utf8")) as {
      jobs: Record<
        string,
        { permissions?: Record<string, string>; steps: { uses?: string; run?: string }[] }
      >;
      on: Record<string, unknown>;
      permissions: object;
    };
    expect(Object.keys(on)).toEqual(["pull_request"]);
    expect(permissions).toEqual({});
    const rights = Object.fromEntries(
      Object.entries(jobs).map(([name, job]) => [name, job.permissions ?? {}]),
    );
    expect(rights).toEqual({
      review: { contents: "read" },
      publish: { "pull-requests": "write", "security-events": "write" },
      approved: {},
    });
    for (const { uses } of Object.values(jobs).flatMap(({ steps }) => steps)) {
      if (uses !== undefined) expect(uses).toMatch(/@[0-9a-f]{40}$/);
    }
    for (const job of [jobs.publish, jobs.approved]) {
      for (const { run = "", uses = "" } of job!.steps) {
        expect(`${uses}${run}`).not.toMatch(/checkout|npm|npx|scripts\//);
        expect(run).not.toContain("${{");
      }
    }
    for (const { run = "" } of jobs.review!.steps) expect(run).not.toContain("${{");
  });
});

describe("the Azure pipeline", () => {
  const commit = "89abcdef0123456789abcdef0123456789abcdef";
  const tag = "permissions-approved-89abcdef";
  const thread = { id: 3, comments: [{ id: 1, author: { id: "build" }, content: `${marker}\nold` }] };
  const forged = { id: 2, comments: [{ id: 1, author: { id: "mallory" }, content: `${marker}\nforged` }] };

  async function differences(checkout: Checkout) {
    const result = await checkout.run(azure, "Differences", {
      SYSTEM_PULLREQUEST_TARGETBRANCH: "refs/heads/main",
      SYSTEM_PULLREQUEST_SOURCECOMMITID: commit,
    });
    const [, code] = /variable=reviewCode\](\d)/.exec(result.output) ?? [];
    return { result, code };
  }

  it("runs the same review, and asks for a tag that names the commit", async () => {
    const checkout = checkOut("tier0");
    const { code, result } = await differences(checkout);
    expect([result.code, code]).toEqual([0, "3"]);
    expect(result.output).toContain(`variable=reviewTag]${tag}`);
    expect(checkout.read("review/comment.md")).toContain(`label \`${tag}\``);
    expect(checkout.read("review/review.sarif")).toContain('"level": "error"');
    const stale = await checkOut("stale").run(azure, "Lock files", {});
    expect(stale.code).toBe(2);
  });

  async function publish(
    reviewCode: string,
    threads: readonly object[],
    labels: readonly object[],
    fork = "False",
  ) {
    const service = await startService(({ method, path }) => {
      if (path.startsWith("/_apis/connectionData")) return [200, { authenticatedUser: { id: "build" } }];
      if (!path.startsWith("/project-1/_apis/git/repositories/repository-1/pullRequests/12/"))
        return undefined;
      if (method === "GET") return [200, { value: path.includes("/threads") ? threads : labels }];
      return [200, {}];
    });
    const checkout = checkOut("tier0");
    mkdirSync(join(checkout.folder, "review"));
    mkdirSync(join(checkout.folder, ".azuredevops"));
    writeFileSync(join(checkout.folder, "review/comment.md"), `${marker}\nnew`);
    const program = readFileSync(join(project, ".azuredevops/publish-review.mjs"));
    writeFileSync(join(checkout.folder, ".azuredevops/publish-review.mjs"), program);
    const result = await checkout.run(azure, "Comment and approval", {
      REVIEW_CODE: reviewCode,
      REVIEW_TAG: tag,
      SYSTEM_ACCESSTOKEN: "token-of-the-build",
      SYSTEM_COLLECTIONURI: `${service.origin}/`,
      SYSTEM_TEAMPROJECTID: "project-1",
      BUILD_REPOSITORY_ID: "repository-1",
      SYSTEM_PULLREQUEST_PULLREQUESTID: "12",
      SYSTEM_PULLREQUEST_ISFORK: fork,
    });
    await service.close();
    const written = service.asked.filter(({ method }) => method !== "GET");
    return {
      result,
      written: written.map(({ method, path, body }) => [method, path.split("/pullRequests/12/")[1], body]),
    };
  }

  it("opens a thread and stays red until the tag of this very commit is there", async () => {
    const { result, written } = await publish(
      "3",
      [forged],
      [{ name: "permissions-approved-00000000", active: true }],
    );
    expect(result.code).toBe(1);
    expect(result.output).toContain(tag);
    const comments = [{ parentCommentId: 0, content: `${marker}\nnew`, commentType: "text" }];
    expect(written).toEqual([["POST", "threads?api-version=7.1", { comments, status: "active" }]]);
  });

  it("brings its own thread up to date and closes it when approved", async () => {
    const { result, written } = await publish("3", [forged, thread], [{ name: tag, active: true }]);
    expect([result.code, result.output]).toEqual([0, ""]);
    expect(written).toEqual([
      ["PATCH", "threads/3/comments/1?api-version=7.1", { content: `${marker}\nnew` }],
      ["PATCH", "threads/3?api-version=7.1", { status: "closed" }],
    ]);
  });

  it("does not speak up when nothing changes, and lets the rest pass", async () => {
    expect(await publish("0", [], [])).toMatchObject({ result: { code: 0 }, written: [] });
    expect((await publish("2", [], [])).result.code).toBe(0);
  });

  it("writes nothing for a fork, and keeps a path to Global Administrator out", async () => {
    const grave = await publish("3", [], [{ name: tag, active: true }], "True");
    expect([grave.result.code, grave.written]).toEqual([1, []]);
    expect((await publish("2", [], [], "True")).result.code).toBe(0);
  });

  it("fails when there is no review", async () => {
    expect((await publish("$(reviewCode)", [], [])).result.code).toBe(1);
  });
});
