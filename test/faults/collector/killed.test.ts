/** The collector killed at any write. The same seeds always die at the same points; `npm run test:soak` has many more. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { expectSurvival, writesOf } from "./killed-collection";
import { World } from "./world";

let world: World;
let writes: number;

beforeAll(async () => {
  world = await World.make({ users: 1_500, groups: 120 });
  writes = await writesOf(world);
});
afterAll(() => world.end());

it("writes often enough to be killed between", () => {
  expect(writes).toBeGreaterThan(15);
});

it.each([1, 2, 3, 4, 5])("goes on after SIGKILL, seed %i", (seed) => expectSurvival(world, seed, writes));
