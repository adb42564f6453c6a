/** An object that is a place in a reply's bytes. It lives as long as its page; lists are in the order that is stored. */
import type { ByteText } from "./byte-text";
import type { Related } from "./related-format";
import type { WritesJson } from "./writes-json";

/** A view was used after its page was given up. */
class ExpiredObjectError extends TypeError {
  override readonly name = "ExpiredObjectError";

  constructor() {
    super("An object was used after its page. Copy what has to outlive the page.");
  }
}

/** What reads and writes the objects of one shape. */
interface Format {
  readonly generation: number;
  write(bytes: Buffer, row: number, to: ByteText): void;
  value(bytes: Buffer, row: number, index: number): unknown;
  list(object: ScannedObject, bytes: Buffer, row: number, list: number): readonly Related[] | undefined;
}

export class ScannedObject implements WritesJson {
  /** Every property that was asked for; see `viewOf`. */
  readonly [property: string]: unknown;
  private readonly generation: number;

  constructor(
    private readonly format: Format,
    readonly id: string,
    private readonly bytes: Buffer,
    private readonly row: number,
  ) {
    this.generation = format.generation;
  }

  writeJson(to: ByteText): void {
    this.alive().write(this.bytes, this.row, to);
  }

  protected value(index: number): unknown {
    return this.alive().value(this.bytes, this.row, index);
  }

  protected list(index: number): readonly Related[] | undefined {
    return this.alive().list(this, this.bytes, this.row, index);
  }

  /** @throws ExpiredObjectError */
  private alive(): Format {
    if (this.format.generation !== this.generation) throw new ExpiredObjectError();
    return this.format;
  }
}

/** A kind of objects that answer to the names of their properties, each value decoded when it is asked for. */
export function viewOf(fields: readonly string[], lists: readonly string[]) {
  class View extends ScannedObject {
    static define(name: string, value: (view: View) => unknown): void {
      const get = function (this: View) {
        return value(this);
      };
      Object.defineProperty(View.prototype, name, { get });
    }

    static {
      for (const [index, name] of fields.entries()) {
        // The id is at hand.
        if (name !== "id") View.define(name, (view) => view.value(index));
      }
      for (const [index, name] of lists.entries()) View.define(name, (view) => view.list(index));
    }
  }
  return View;
}
