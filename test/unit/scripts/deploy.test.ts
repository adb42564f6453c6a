import { describe, expect, it } from "vitest";
import { deploymentFailure } from "../../../scripts/lib/deploy/failure";
import { changeCount, describeChanges, Watcher } from "../../../scripts/lib/deploy/watcher";

const urn =
  "urn:pulumi:dev::p::entra-connectors:index:Connector$azuread:index/appRoleAssignment:AppRoleAssignment::one";

function watcherWith(...messages: readonly string[]): Watcher {
  const watcher = new Watcher(() => undefined);
  messages.forEach((message, sequence) => {
    watcher.onEvent({
      sequence,
      timestamp: 0,
      diagnosticEvent: { urn, message, color: "never", severity: "error" },
    });
  });
  return watcher;
}

describe("what the engine reports", () => {
  it("is counted, and errors carry the innermost type", () => {
    const said: string[] = [];
    const watcher = new Watcher((line) => said.push(line));
    watcher.onEvent({
      sequence: 1,
      timestamp: 0,
      resourcePreEvent: { metadata: { op: "create", urn, type: "t", provider: "p" } },
    } as never);
    watcher.onEvent({
      sequence: 2,
      timestamp: 0,
      summaryEvent: {
        maybeCorrupt: false,
        durationSeconds: 1,
        resourceChanges: { create: 2, same: 5 },
        policyPacks: {},
      },
    } as never);
    expect(said).toEqual(["create one"]);
    expect(watcher.changes).toEqual({ create: 2, same: 5 });
    expect(watcherWith("<{%red%}>no<{%reset%}>").errors).toEqual([
      "azuread:index/appRoleAssignment:AppRoleAssignment: no",
    ]);
  });

  it("reads as a sentence", () => {
    expect(describeChanges({ create: 61, same: 2 }, "future")).toBe("61 to create");
    expect(describeChanges({ create: 1, update: 2, delete: 3, replace: 4 }, "past")).toBe(
      "1 created, 2 updated, 3 deleted, 4 replaced",
    );
    expect(describeChanges({ same: 25 }, "future")).toBe("no changes");
    expect(describeChanges({ same: 25 }, "past")).toBe("0 changes");
    expect(changeCount({ same: 25, create: 1 })).toBe(1);
  });
});

describe("a failed deployment", () => {
  const failure = (watcher: Watcher) =>
    deploymentFailure("The deployment", watcher, new Error("exit 1"), "/logs/1");

  it("is diagnosed from what the engine said, with the log's path", () => {
    const error = failure(watcherWith("answered 403 Authorization_RequestDenied"));
    expect(error.message).toContain("AppRoleAssignment.ReadWrite.All");
    expect(error.log).toBe("/logs/1");
  });

  it("shows the settings' own text whole and nothing of the stack trace", () => {
    const text =
      "Pulumi.dev.yaml has 1 problem\n\n  connectors[0].acess  unknown setting.\n    at parse (x.ts:1:2)";
    const error = failure(watcherWith(text));
    expect(error.message).toBe("Pulumi.dev.yaml has 1 problem\n\n  connectors[0].acess  unknown setting.");
  });

  it("says which policies refused", () => {
    const watcher = new Watcher(() => undefined);
    watcher.onEvent({
      sequence: 1,
      timestamp: 0,
      policyEvent: {
        policyName: "lock-file",
        message: "differs",
        enforcementLevel: "mandatory",
        color: "never",
        policyPackName: "p",
        policyPackVersion: "1",
        policyPackVersionTag: "1",
      },
    } as never);
    expect(failure(watcher)).toMatchObject({
      message: "The deployment was refused by the policies.",
      next:
        "lock-file: differs\n" +
        "What was made before the refusal is there: mend the settings and deploy again, with its preview.",
    });
    expect(deploymentFailure("The preview", watcher, new Error("refused"), "log").next).toBe(
      "lock-file: differs",
    );
  });

  it("takes of a program that threw what it threw", () => {
    const thrown =
      "failed with an unhandled exception:\n<ref *1> Error: the moon is full\n    at x (y.ts:1:2)";
    expect(failure(watcherWith(thrown)).message).toBe("The deployment failed: the moon is full");
  });

  it("falls back on the first thing that was said", () => {
    expect(failure(watcherWith("the moon is full")).message).toBe(
      "The deployment failed: azuread:index/appRoleAssignment:AppRoleAssignment: the moon is full",
    );
  });
});
