import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectRoot } from "../../infra/local/paths";
import { descendants, eventually, isRunning } from "./engine/processes";
import { ended, TemporaryProject } from "./engine/project";

/** The whole cycle of one stack, in order: each test goes on where the one before ended. */
describe("the engine of this machine", () => {
  const project = new TemporaryProject();
  const note = () => readFileSync(join(project.notes, "first"), "utf8");

  beforeAll(() => project.prepare());
  afterAll(() => project.remove());

  it("creates, without a warning about where its parts come from", async () => {
    const { code, output } = await project.pulumi("up", "--yes");
    expect(output).toContain("2 created");
    expect(output).not.toMatch(/warning/i);
    expect(code).toBe(0);
    expect(note()).toBe("hello");
  });

  it("has nothing to do the second time", async () => {
    expect((await project.pulumi("up", "--yes")).output).toContain("2 unchanged");
    const preview = await project.pulumi("preview", "--expect-no-changes");
    expect(preview.code).toBe(0);
  });

  it("previews as JSON", async () => {
    await project.pulumi("config", "set", "text", "changed");
    const { code, stdout } = await project.pulumi("preview", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout).changeSummary).toEqual({ same: 1, update: 1 });
  });

  it("tells outputs, and secret ones only when asked", async () => {
    const shown = JSON.parse((await project.pulumi("stack", "output", "--json")).stdout);
    expect(shown).toEqual({ text: "first in dev", hidden: "[secret]" });
    const revealed = await project.pulumi("stack", "output", "hidden", "--show-secrets");
    expect(revealed.stdout.trim()).toBe("a secret of the test");
  });

  it("sees in a refresh what changed behind its back", async () => {
    writeFileSync(join(project.notes, "first"), "changed by hand");
    const { code, output } = await project.pulumi("refresh", "--yes");
    expect(output).toContain("1 updated");
    expect(code).toBe(0);
    await project.pulumi("up", "--yes");
    expect(note()).toBe("changed");
  });

  it("imports", async () => {
    writeFileSync(join(project.notes, "found"), "was there before");
    const args = ["note:index:Note", "found", "found", "--yes", "--generate-code=false", "--protect=false"];
    const { code, output } = await project.pulumi("import", ...args);
    expect(output).toContain("1 imported");
    expect(code).toBe(0);
  });

  it("runs with what shell-env prints, from a plain shell", async () => {
    const line =
      'eval "$(node --import tsx scripts/cli.ts shell-env)" && cd "$1" && pulumi preview && pulumi whoami';
    const shell = spawn("/bin/sh", ["-c", line, "sh", project.root], {
      cwd: projectRoot(),
      env: { ...process.env, ENTRA_CONNECTORS_LOCAL: project.local, NOTE_DIRECTORY: project.notes },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const { code, output } = await ended(shell);
    expect(output).toContain("note:index:Note");
    expect(output).not.toMatch(/warning/i);
    expect(code).toBe(0);
  });

  it("gives a policy pack the stack, its configuration and the pack's own", async () => {
    const pack = project.writePolicyPack();
    writeFileSync(join(pack, "config.json"), JSON.stringify({ words: { forbidden: "changed" } }));
    const judged = ["--policy-pack", pack, "--policy-pack-config", join(pack, "config.json")];
    const refused = await project.pulumi("preview", ...judged);
    expect(refused.output).toContain("notes/dev may not say changed (text is changed)");
    expect(refused.code).not.toBe(0);

    writeFileSync(join(pack, "config.json"), JSON.stringify({ words: { forbidden: "nothing" } }));
    const allowed = await project.pulumi("preview", ...judged);
    expect(allowed.output).toContain("word-rules");
    expect(allowed.code).toBe(0);
  });

  it("reports a policy pack that can't start, and does not wait for it", async () => {
    const pack = project.writePolicyPack("throw new Error('this pack is broken');");
    const { code, output } = await project.pulumi("preview", "--policy-pack", pack);
    expect(output).toContain("this pack is broken");
    expect(code).not.toBe(0);
  });

  it("reports a program that fails, with its error and without a second message", async () => {
    await project.pulumi("config", "rm", "password");
    const { code, output } = await project.pulumi("preview");
    expect(output).toContain("Missing required configuration variable 'notes:password'");
    expect(output).not.toContain("non-zero exit code");
    expect(code).not.toBe(0);
    await project.pulumi("config", "set", "--secret", "password", "a secret of the test");
  });

  it("leaves no process behind when it is killed", async () => {
    await project.pulumi("config", "set", "second", "slow");
    const engine = project.startPulumi("up", "--yes", "--skip-preview");
    const finished = ended(engine);
    expect(await eventually(() => existsSync(join(project.notes, "second-begun")))).toBe(true);
    const left = descendants(engine.pid ?? 0);
    expect(left.length, "language host, program and plugin").toBeGreaterThanOrEqual(3);
    engine.kill("SIGKILL");
    await finished;
    expect(await eventually(() => !left.some(isRunning))).toBe(true);
  });

  it("destroys", async () => {
    await project.pulumi("cancel", "--yes");
    const { code, output } = await project.pulumi("destroy", "--yes");
    expect(output).toContain("deleted");
    expect(code).toBe(0);
    expect(existsSync(join(project.notes, "first"))).toBe(false);
  });
});
