import { defineConfig } from "vitest/config";

/** Pure functions no more: these hold whole services, runs and packages, in the test's own process. */
const services = [
  "arm",
  "collect-command",
  "collector-*",
  "functions",
  "graph",
  "key-vault",
  "login",
  "monitor",
  "package",
  "plugin",
  "providers",
  "state",
  "tenant-*",
  "web",
].map((room) => `test/unit/${room}/**/*.test.ts`);

/** One project a level of promise: the fast loop runs `unit` alone, `npm test` runs all but `soak`. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/unit/**/*.test.ts", "test/components/**/*.test.ts"],
          exclude: services,
          testTimeout: 20_000,
          maxWorkers: "100%",
        },
      },
      {
        test: {
          name: "services",
          include: services,
          testTimeout: 20_000,
          maxWorkers: "100%",
        },
      },
      {
        test: {
          name: "end-to-end",
          include: ["test/end-to-end/**/*.test.ts", "test/faults/**/*.test.ts", "test/policies/**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          // Each file has a tenant of its own, and waits for processes more than it works.
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "soak",
          include: ["test/soak/**/*.test.ts"],
          testTimeout: 3_600_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
