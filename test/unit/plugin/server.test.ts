import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { functionType, type Plugin, resourceType, suffixed, UNKNOWN } from "../../../components/plugin/serve";
import { Secret } from "../../../components/plugin/serve/values";
import { CallError, Engine } from "./engine";

interface Shelf {
  readonly books: Map<string, { title: string; note: string }>;
  failAfterCreation: boolean;
}

const shelf: Shelf = { books: new Map(), failAfterCreation: false };
const TOKEN = "library:index:Book";

const book = resourceType({
  token: TOKEN,
  description: "A book.",
  inputs: z.strictObject({
    shelfName: z.string(),
    title: z.string(),
    key: z.string().optional(),
    note: z.string().optional(),
    hint: z.string().optional(),
  }),
  notCarried: { cover: "is not carried" },
  autoname: suffixed("shelfName", 20),
  computed: ["isbn", "secret"],
  recomputed: ["isbn"],
  secretOutputs: ["secret"],
  toldOnce: ["secret"],
  writeOnly: ["hint"],
  hidden: ["shelfName"],
  defaults: { note: "" },
  replaceOn: ["shelfName", "key"],
  deleteBeforeReplace: true,
  create: async (client: Shelf, inputs, operation) => {
    client.books.set("1", { title: inputs.title, note: inputs.note ?? "" });
    operation.created("1", { isbn: "i-1", secret: "s3cret" });
    if (client.failAfterCreation) throw new Error("The shelf broke.");
    return { id: "1", inputs, outputs: { isbn: "i-1", secret: "s3cret", echo: inputs.key ?? "" } };
  },
  read: async (client, { id }) => {
    const found = client.books.get(id);
    return found && { id, inputs: { title: found.title, note: found.note }, outputs: { isbn: "i-1" } };
  },
  update: async (client, inputs, { id }) => {
    client.books.set(id, { title: inputs.title, note: inputs.note ?? "" });
    return { id, inputs, outputs: { isbn: "i-2" } };
  },
  delete: async (client, { id, signal }) => {
    if (id === "slow")
      await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    client.books.delete(id);
  },
});

const library: Plugin<Shelf> = {
  name: "library",
  version: "1.2.3",
  description: "Books.",
  configuration: z.strictObject({ branch: z.string().optional() }),
  resources: [book],
  functions: [
    functionType({
      token: "library:index:find",
      description: "Finds a book.",
      inputs: z.strictObject({ title: z.string() }),
      secretOutputs: ["place"],
      run: async (client: Shelf, { title }) => ({
        place: [...client.books].find(([, found]) => found.title === title)?.[0] ?? "nowhere",
      }),
    }),
  ],
  connect: async (configuration) => {
    if (configuration.branch === "closed") throw new Error("The branch is closed.");
    return shelf;
  },
};

let engine: Engine;

beforeAll(async () => {
  engine = await Engine.start(library);
});
afterAll(() => engine.close());
beforeEach(async () => {
  shelf.books.clear();
  shelf.failAfterCreation = false;
  await engine.configure({});
});

describe("a served plugin", () => {
  it("refuses unknown types and functions, saying what it has", async () => {
    await expect(engine.check("library:index:Bok", {})).rejects.toThrow(
      'The plugin library has no resource type library:index:Bok; did you mean "library:index:Book"? It has: library:index:Book.',
    );
    await expect(engine.invoke("library:index:lose", {})).rejects.toThrow(/no function library:index:lose/);
  });

  it("names property and reason of what it refuses", async () => {
    const { failures } = await engine.check(TOKEN, { titel: "x", cover: "y" });
    expect(failures).toEqual([
      { property: "title", reason: "title is required (string)" },
      { property: "cover", reason: "cover is not carried" },
      { property: "titel", reason: 'titel is not a known property; did you mean "title"?' },
    ]);
  });

  it("keeps secrets secret through check", async () => {
    const { inputs, failures } = await engine.check(TOKEN, { title: new Secret("x"), note: UNKNOWN });
    expect(failures).toEqual([]);
    expect(inputs.title).toEqual(new Secret("x"));
    expect(inputs.note).toEqual(UNKNOWN);
  });

  it("shows computed outputs as unknown at preview, without touching the service", async () => {
    const { outputs } = await engine.create(TOKEN, { title: "x", shelfName: "s" }, true);
    expect(outputs).toEqual({ title: "x", isbn: UNKNOWN, secret: new Secret(UNKNOWN) });
    expect(shelf.books.size).toBe(0);
  });

  it("shows at preview of an update what stays and what is computed anew", async () => {
    const olds = { title: "x", isbn: "i-1", secret: new Secret("s") };
    const outputs = await engine.update(TOKEN, "1", olds, { title: "y", shelfName: "s" }, true);
    expect(outputs).toEqual({ title: "y", isbn: UNKNOWN, secret: new Secret("s") });
  });

  it("marks secret outputs, and secret inputs that the service echoes", async () => {
    const { outputs } = await engine.create(TOKEN, { title: "x", shelfName: "s", key: new Secret("k3y") });
    expect(outputs).toEqual({
      title: "x",
      key: new Secret("k3y"),
      echo: new Secret("k3y"),
      isbn: "i-1",
      secret: new Secret("s3cret"),
    });
  });

  it("gives an object that exists to the engine when its creation fails half-way", async () => {
    shelf.failAfterCreation = true;
    const failure = await engine
      .create(TOKEN, { title: "x", shelfName: "s" })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CallError);
    expect(failure).toMatchObject({
      message: "The shelf broke.",
      partial: {
        id: "1",
        outputs: { title: "x", isbn: "i-1", secret: new Secret("s3cret") },
        inputs: { title: "x" },
      },
    });
  });

  it("reads with an empty id what is gone", async () => {
    expect(await engine.read(TOKEN, "9", { title: "x" }, { title: "x" })).toMatchObject({ id: "" });
  });

  it("reads drift into the inputs and leaves what agrees as declared", async () => {
    shelf.books.set("1", { title: "new", note: "" });
    const declared = { title: "old", hint: "h", shelfName: "s" };
    const read = await engine.read(TOKEN, "1", { secret: new Secret("s"), title: "old" }, declared);
    expect(read.inputs).toEqual({ title: "new", hint: "h" });
    expect(read.outputs).toMatchObject({ isbn: "i-1", secret: new Secret("s") });
  });

  it("deletes before it replaces, unless the name is its own choice", async () => {
    const named = { title: "x", shelfName: "s" };
    expect(await engine.diff(TOKEN, named, { ...named, key: "k" })).toEqual({
      changed: true,
      replaces: ["key"],
      deleteBeforeReplace: true,
      detail: { key: 1 },
    });
    const autonamed = (await engine.check(TOKEN, { title: "x" })).inputs;
    const renewed = (await engine.check(TOKEN, { title: "x", key: "k" }, autonamed)).inputs;
    expect(renewed.shelfName).toBe(autonamed.shelfName);
    expect(await engine.diff(TOKEN, autonamed, renewed)).toMatchObject({ deleteBeforeReplace: false });
  });

  it("refuses wrong arguments of a function, and marks its secret results", async () => {
    expect((await engine.invoke("library:index:find", { titel: "x" })).failures).toHaveLength(2);
    expect((await engine.invoke("library:index:find", { title: "x" })).outputs).toEqual({
      place: new Secret("nowhere"),
    });
  });

  it("checks its configuration", async () => {
    expect((await engine.checkConfig({ brnch: "x", version: "1.0.0" })).failures).toEqual([
      { property: "brnch", reason: 'is not a known property; did you mean "branch"?' },
    ]);
  });

  it("connects when it must, tells why it could not, and tries again", async () => {
    await engine.configure({ branch: "closed" });
    await expect(engine.create(TOKEN, { title: "x", shelfName: "s" })).rejects.toThrow(
      "The branch is closed.",
    );
    await engine.configure({ branch: "open" });
    await expect(engine.create(TOKEN, { title: "x", shelfName: "s" })).resolves.toMatchObject({ id: "1" });
  });

  it("has a schema that names its types, required inputs and secrets", async () => {
    expect(await engine.schema()).toMatchObject({
      name: "library",
      version: "1.2.3",
      resources: { [TOKEN]: { requiredInputs: ["title"], properties: { secret: { secret: true } } } },
    });
  });

  it("stops what is under way when the engine cancels", async () => {
    const other = await Engine.start(library);
    const slow = other.remove(TOKEN, "slow");
    setTimeout(() => other.cancel(), 50);
    await expect(slow).rejects.toThrow("The operation was cancelled; run the command again to finish it.");
    other.close();
  });
});
