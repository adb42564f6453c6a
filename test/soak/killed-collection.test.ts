import { afterAll, beforeAll, it } from "vitest";
import { expectSurvival, writesOf } from "../faults/collector/killed-collection";
import { World } from "../faults/collector/world";

let world: World;
let writes: number;

beforeAll(async () => {
  world = await World.make({ users: 1_500, groups: 120 });
  writes = await writesOf(world);
});
afterAll(() => world.end());

it.each(Array.from({ length: 50 }, (_, index) => 100 + index))("goes on after SIGKILL, seed %i", (seed) =>
  expectSurvival(world, seed, writes),
);
