/** The collection of events killed at any write: nothing is lost and nothing is there twice. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { randomOf } from "../kills";
import { EventWorld, eventStreams } from "./event-world";
import { collectInProcess, killPoint, neverKilled } from "./killed-collection";

let events: EventWorld;

beforeAll(async () => {
  events = await EventWorld.make({ signIns: 3_000, audits: 3_000, exchange: 1_000, blobs: 120 });
});
afterAll(() => events.world.end());

describe.each(eventStreams)("%s", (stream) => {
  it.each([1, 2])("is whole after SIGKILL, seed %i", async (seed) => {
    const random = randomOf(100 * seed + eventStreams.indexOf(stream));
    const collect = (folder: string, point: typeof neverKilled) =>
      collectInProcess(events.world, folder, point, [stream], events.connector);
    const { writes } = await collect(events.world.newStore().folder, neverKilled);
    expect(writes).toBeGreaterThan(10);
    const { store, folder } = events.world.newStore();
    // A run that goes on needs fewer writes, so later deaths come sooner.
    const first = await collect(folder, killPoint(random, writes));
    expect(first.killed).toBe(true);
    await collect(folder, killPoint(random, writes / 2));
    // Killed when it was about to start the subscription, it starts it a quarter of an hour later at the earliest.
    events.pass(15 * 60_000);
    events.look(store);
    const { killed, states } = await collect(folder, neverKilled);
    expect({ killed, states }).toEqual({ killed: false, states: ["connected"] });
    await events.expectWhole(store, stream);
  });
});
